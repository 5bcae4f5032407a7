using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Wye.Access.Secrets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Access.Desk;

/// <summary>A key gives away only a part of what it has, whatever is drawn.</summary>
public class KeyScopeProperties
{
    private static readonly Config Cases = Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(20_26, 9);
    private static readonly string[] Names = ["auto", "support", "super", "sup*", "gpt-4o", "gpt-4o-mini", "gpt*", "*"];

    private static readonly string[] Asked =
    [
        "auto",
        "support",
        "super",
        "supper",
        "gpt-4o",
        "gpt-4o-mini",
        "gpt",
        "x",
        "sup*",
    ];

    private static readonly Arbitrary<(VirtualKey Actor, KeyDraft Draft)> Pairs = (
        from actor in Drafts()
        from draft in Drafts()
        from alike in Gen.Choose(0, 2)
        select (KeyOf(actor), alike == 0 ? Narrowed(actor, draft) : draft)
    ).ToArbitrary();

    [Fact]
    public void WhatIsGranted_IsAPartOfWhatTheActorHas() =>
        Prop.ForAll(
                Pairs,
                pair =>
                    KeyScope.FirstExcess(KeyActor.Of(pair.Actor), pair.Draft) is not null
                    || IsWithin(pair.Actor, pair.Draft)
            )
            .Check(Cases);

    [Fact]
    public void AKey_MayAlwaysMakeItsEqual() =>
        Prop.ForAll(Pairs, pair => KeyScope.FirstExcess(KeyActor.Of(pair.Actor), KeyDraft.Of(pair.Actor)) is null)
            .Check(Cases);

    [Fact]
    public void WhoeverCanWriteTheStore_IsBoundToNothing() =>
        Prop.ForAll(Pairs, pair => KeyScope.FirstExcess(KeyActor.Local, pair.Draft) is null).Check(Cases);

    [Fact]
    public async Task AKey_CannotWidenItselfNorTouchAStrongerOne()
    {
        var token = TestContext.Current.CancellationToken;
        var store = new MemoryKeyStore();
        var ring = new KeyRing(store, new KeyHasher(new byte[32]), TimeProvider.System);
        var desk = new KeyDesk(ring, store, TimeProvider.System);
        var strong = (await desk.CreateAsync(KeyActor.Local, new KeyDraft { Role = AccessRole.Admin }, token)).Key!;
        var bound = new KeyDraft
        {
            Role = AccessRole.Admin,
            Rules = new KeyRules { RequestsPerMinute = 5, Models = ["gpt*"] },
        };
        var weak = KeyActor.Of((await desk.CreateAsync(KeyActor.Local, bound, token)).Key!);

        KeyResult[] tries =
        [
            await desk.UpdateAsync(weak, weak.Own!.Id, draft => draft with { Rules = KeyRules.None }, token),
            await desk.UpdateAsync(weak, strong.Id, draft => draft, token),
            await desk.RotateAsync(weak, strong.Id, TimeSpan.Zero, token),
            await desk.BlockAsync(weak, strong.Id, blocked: true, token),
            await desk.DeleteAsync(weak, strong.Id, token),
            await desk.CreateAsync(weak, new KeyDraft { Role = AccessRole.Admin }, token),
        ];

        tries.ShouldAllBe(result => result.Refusal!.Kind == KeyRefusalKind.Forbidden);
        (await desk.CreateAsync(weak, bound with { Name = "child" }, token)).Key!.CreatedBy.ShouldBe(weak.Name);
        (await desk.RotateAsync(weak, weak.Own.Id, TimeSpan.Zero, token)).IsDone.ShouldBeTrue();
    }

    /// <summary>Decided by asking for every name, not by comparing lists.</summary>
    private static bool IsWithin(VirtualKey actor, KeyDraft draft)
    {
        var (mine, its) = (actor.Rules, draft.Rules);
        return RoleRights.Has(actor.Role, RoleRights.Of(draft.Role))
            && Asked.All(name => NamePattern.Allows(mine.Routes, name) || !NamePattern.Allows(its.Routes, name))
            && Asked.All(name => NamePattern.Allows(mine.Models, name) || !NamePattern.Allows(its.Models, name))
            && (its.RequestsPerMinute ?? int.MaxValue) <= (mine.RequestsPerMinute ?? int.MaxValue)
            && (its.TokensPerMinute ?? long.MaxValue) <= (mine.TokensPerMinute ?? long.MaxValue)
            && (its.MaxConcurrent ?? int.MaxValue) <= (mine.MaxConcurrent ?? int.MaxValue)
            && (draft.ExpiresAt ?? DateTimeOffset.MaxValue) <= (actor.ExpiresAt ?? DateTimeOffset.MaxValue)
            && mine.Budgets.All(budget =>
                its.Budgets.Where(one => one.Per == budget.Per && (one.Hard || !budget.Hard))
                    .Select(one => one.Limit)
                    .DefaultIfEmpty(new Usd(long.MaxValue))
                    .Min() <= budget.Limit
            );
    }

    // Otherwise hardly any pair would be allowed.
    private static KeyDraft Narrowed(KeyDraft actor, KeyDraft draft) =>
        actor with
        {
            Rules = actor.Rules with
            {
                RequestsPerMinute = draft.Rules.RequestsPerMinute ?? actor.Rules.RequestsPerMinute,
                Models = draft.Rules.Models ?? actor.Rules.Models,
                Budgets = [.. actor.Rules.Budgets, .. draft.Rules.Budgets],
            },
        };

    private static Gen<KeyDraft> Drafts() =>
        from role in Gen.Elements(AccessRole.Admin, AccessRole.Admin, AccessRole.Viewer, AccessRole.DataPlane)
        from routes in Lists()
        from models in Lists()
        from rpm in Maybe(Gen.Choose(1, 3))
        from tpm in Maybe(Gen.Choose(1, 3))
        from most in Maybe(Gen.Choose(1, 3))
        from days in Maybe(Gen.Choose(1, 3))
        from budgets in Gen.Choose(1, 3)
            .Select(n =>
                n == 3 ? ImmutableArray<KeyBudget>.Empty : [new KeyBudget(new Usd(n), KeyBudgetPeriod.Day, n == 1)]
            )
        select new KeyDraft
        {
            Role = role,
            ExpiresAt = days is { } count ? A.Moment.AddDays(count) : null,
            Rules = new KeyRules
            {
                Routes = routes,
                Models = models,
                RequestsPerMinute = rpm,
                TokensPerMinute = tpm,
                MaxConcurrent = most,
                Budgets = budgets,
            },
        };

    private static Gen<ImmutableArray<string>?> Lists() =>
        from size in Gen.Choose(0, 3)
        from names in Gen.Elements(Names).ArrayOf(size)
        select size == 0 ? (ImmutableArray<string>?)null : [.. names];

    private static Gen<int?> Maybe(Gen<int> numbers) =>
        from number in numbers
        from set in Gen.Choose(0, 2)
        select set == 0 ? (int?)null : number;

    private static VirtualKey KeyOf(KeyDraft draft) =>
        new()
        {
            Id = new("actor"),
            Role = draft.Role,
            Hash = [.. new byte[32]],
            PepperMark = "",
            CreatedAt = A.Moment,
            ExpiresAt = draft.ExpiresAt,
            Rules = draft.Rules,
        };
}
