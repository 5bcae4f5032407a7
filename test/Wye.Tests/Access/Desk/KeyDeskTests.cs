using Wye.Access.Secrets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Access.Desk;

public class KeyDeskTests
{
    private readonly MemoryKeyStore _store = new();
    private readonly ManualTime _time = new();
    private readonly KeyRing _ring;
    private readonly KeyDesk _desk;

    public KeyDeskTests()
    {
        _ring = new KeyRing(_store, new KeyHasher(new byte[32]), _time);
        _desk = new KeyDesk(_ring, _store, _time);
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Create_GivesAKeyThatIsBoundAsAsked()
    {
        var draft = new KeyDraft
        {
            Name = "ci",
            ExpiresAt = _time.GetUtcNow().AddDays(1),
            Rules = new KeyRules { Routes = ["auto"], RequestsPerMinute = 5 },
        };

        var made = await _desk.CreateAsync(KeyActor.Local, draft, Token);

        _ring.TryAuthenticate(made.Text!.Reveal(), out var caller).ShouldBeTrue();
        caller.Key!.Name.ShouldBe("ci");
        caller.Key.CreatedBy.ShouldBe("cli");
        caller.Key.Rules.Routes!.Value.ShouldBe(["auto"]);
        caller.Role.ShouldBe(AccessRole.DataPlane);
    }

    [Fact]
    public async Task Expiry_EndsAKeyAtItsMoment()
    {
        var made = await Make(new KeyDraft { ExpiresAt = _time.GetUtcNow().AddSeconds(10) });
        _time.Advance(TimeSpan.FromSeconds(9));
        _ring.Prove(made.Text!.Reveal(), out _).ShouldBe(KeyVerdict.Valid);

        _time.Advance(TimeSpan.FromSeconds(1));

        _ring.Prove(made.Text.Reveal(), out var caller).ShouldBe(KeyVerdict.Expired);
        caller.ShouldBe(default);
    }

    [Fact]
    public async Task Block_HoldsAtOnce_AndUnblockToo()
    {
        var made = await Make(new KeyDraft());

        await _desk.BlockAsync(KeyActor.Local, made.Key!.Id, blocked: true, Token);
        _ring.Prove(made.Text!.Reveal(), out _).ShouldBe(KeyVerdict.Blocked);
        await _desk.BlockAsync(KeyActor.Local, made.Key.Id, blocked: false, Token);
        _ring.Prove(made.Text.Reveal(), out _).ShouldBe(KeyVerdict.Valid);
    }

    [Fact]
    public async Task Rotate_KeepsTheOldSecretForTheOverlap_AndNoOlderOne()
    {
        var first = await Make(new KeyDraft());
        var second = await _desk.RotateAsync(KeyActor.Local, first.Key!.Id, TimeSpan.FromHours(1), Token);
        IsValid(first).ShouldBeTrue();
        IsValid(second).ShouldBeTrue();

        var third = await _desk.RotateAsync(KeyActor.Local, first.Key.Id, TimeSpan.FromHours(1), Token);
        IsValid(first).ShouldBeFalse();
        IsValid(second).ShouldBeTrue();
        IsValid(third).ShouldBeTrue();

        _time.Advance(TimeSpan.FromHours(1));
        IsValid(second).ShouldBeFalse();
        IsValid(third).ShouldBeTrue();
    }

    [Fact]
    public async Task Rotate_WithoutOverlap_EndsTheOldSecretNow()
    {
        var first = await Make(new KeyDraft());

        var second = await _desk.RotateAsync(KeyActor.Local, first.Key!.Id, TimeSpan.Zero, Token);

        IsValid(first).ShouldBeFalse();
        IsValid(second).ShouldBeTrue();
        (await _desk.RotateAsync(KeyActor.Local, first.Key.Id, TimeSpan.FromDays(31), Token)).Refusal!.Field.ShouldBe(
            "overlap"
        );
    }

    [Fact]
    public async Task Delete_TakesTheKeyAway()
    {
        var made = await Make(new KeyDraft());

        (await _desk.DeleteAsync(KeyActor.Local, made.Key!.Id, Token)).IsDone.ShouldBeTrue();

        _ring.Prove(made.Text!.Reveal(), out _).ShouldBe(KeyVerdict.Unknown);
        (await _desk.DeleteAsync(KeyActor.Local, made.Key.Id, Token)).Refusal!.Kind.ShouldBe(KeyRefusalKind.NotFound);
    }

    [Fact]
    public async Task LastAdmin_CanBeNeitherDeletedNorBlockedNorExpiredNorDemoted()
    {
        var admin = (await Make(new KeyDraft { Role = AccessRole.Admin })).Key!.Id;
        KeyResult[] tries =
        [
            await _desk.DeleteAsync(KeyActor.Local, admin, Token),
            await _desk.BlockAsync(KeyActor.Local, admin, blocked: true, Token),
            await _desk.UpdateAsync(KeyActor.Local, admin, draft => draft with { Role = AccessRole.Viewer }, Token),
            await ExpireAsync(admin, TimeSpan.FromDays(365)),
        ];

        tries.ShouldAllBe(result => result.Refusal!.Kind == KeyRefusalKind.Conflict);
        await Make(new KeyDraft { Role = AccessRole.Admin });
        (await _desk.BlockAsync(KeyActor.Local, admin, blocked: true, Token)).IsDone.ShouldBeTrue();
    }

    [Fact]
    public async Task AnAdminThatExpires_DoesNotStandInForTheLastOneThatNeverDoes()
    {
        var lasting = (await Make(new KeyDraft { Role = AccessRole.Admin })).Key!.Id;
        var soon = _time.GetUtcNow().AddHours(1);
        var passing = (await Make(new KeyDraft { Role = AccessRole.Admin, ExpiresAt = soon })).Key!.Id;
        await Make(new KeyDraft());

        (await ExpireAsync(lasting, TimeSpan.FromDays(1))).Refusal!.Message.ShouldBe(
            $"Key '{lasting}' is the last one that can administer and never expires. Make another admin key that never expires first."
        );
        (await _desk.BlockAsync(KeyActor.Local, lasting, blocked: true, Token)).IsDone.ShouldBeFalse();
        (await _desk.DeleteAsync(KeyActor.Local, lasting, Token)).IsDone.ShouldBeFalse();
        (await ExpireAsync(passing, TimeSpan.FromMinutes(1))).IsDone.ShouldBeTrue();

        await _desk.UpdateAsync(KeyActor.Local, passing, draft => draft with { ExpiresAt = null }, Token);
        (await ExpireAsync(lasting, TimeSpan.FromDays(1))).IsDone.ShouldBeTrue();
        (await ExpireAsync(passing, TimeSpan.FromDays(1))).Refusal!.Kind.ShouldBe(KeyRefusalKind.Conflict);
    }

    [Fact]
    public async Task WhereEveryAdminExpires_TheLastValidOneStays()
    {
        var end = _time.GetUtcNow().AddHours(2);
        var one = (await Make(new KeyDraft { Role = AccessRole.Admin, ExpiresAt = end })).Key!.Id;
        var two = (await Make(new KeyDraft { Role = AccessRole.Admin, ExpiresAt = end })).Key!.Id;

        (await _desk.BlockAsync(KeyActor.Local, one, blocked: true, Token)).IsDone.ShouldBeTrue();

        (await _desk.DeleteAsync(KeyActor.Local, two, Token)).Refusal!.Message.ShouldBe(
            $"Key '{two}' is the last one that can administer and has not expired. Make another admin key first."
        );
    }

    [Fact]
    public async Task Update_ChangesWhatIsSaid_AndCountsTheRevision()
    {
        var made = await Make(new KeyDraft { Name = "a" });

        var updated = await _desk.UpdateAsync(KeyActor.Local, made.Key!.Id, draft => draft with { Name = "b" }, Token);

        updated.Key!.Revision.ShouldBe(2);
        _desk.Find(made.Key.Id)!.Name.ShouldBe("b");
        IsValid(made).ShouldBeTrue();
    }

    [Fact]
    public async Task AChangeInOneRing_IsSeenByAnotherOnTheSameStore_WhenItLooks()
    {
        var other = new KeyRing(_store, new KeyHasher(new byte[32]), _time);
        await using var refresher = new KeyRefresher(other, _time);
        var made = await Make(new KeyDraft());
        other.TryAuthenticate(made.Text!.Reveal(), out _).ShouldBeFalse();

        _time.Advance(KeyRefresher.Interval);
        other.TryAuthenticate(made.Text.Reveal(), out _).ShouldBeTrue();
        await _desk.BlockAsync(KeyActor.Local, made.Key!.Id, blocked: true, Token);
        _time.Advance(KeyRefresher.Interval);

        other.TryAuthenticate(made.Text.Reveal(), out _).ShouldBeFalse();
    }

    [Fact]
    public async Task WhileTheStoreIsAway_WhatWasLoadedStaysInForce()
    {
        await using var refresher = new KeyRefresher(_ring, _time);
        var made = await Make(new KeyDraft());
        _store.Fault = new AccessUnavailableException("disk full");

        _time.Advance(KeyRefresher.Interval);
        IsValid(made).ShouldBeTrue();
        refresher.LastError.ShouldBe("disk full");
        _store.Fault = null;
        _time.Advance(KeyRefresher.Interval);

        refresher.LastError.ShouldBeNull();
    }

    [Theory]
    [InlineData("name")]
    [InlineData("expires_at")]
    [InlineData("routes")]
    [InlineData("models")]
    [InlineData("rpm")]
    [InlineData("tpm")]
    [InlineData("max_concurrent")]
    [InlineData("budgets")]
    [InlineData("tags")]
    [InlineData("metadata")]
    public async Task Create_RefusesAWrongField_AndNamesIt(string field)
    {
        var rules = new KeyRules();
        var draft = field switch
        {
            "name" => new KeyDraft { Name = "a\nb" },
            "expires_at" => new KeyDraft { ExpiresAt = _time.GetUtcNow() },
            "routes" => new KeyDraft { Rules = rules with { Routes = [] } },
            "models" => new KeyDraft { Rules = rules with { Models = ["a*b"] } },
            "rpm" => new KeyDraft { Rules = rules with { RequestsPerMinute = 0 } },
            "tpm" => new KeyDraft { Rules = rules with { TokensPerMinute = -1 } },
            "max_concurrent" => new KeyDraft { Rules = rules with { MaxConcurrent = 0 } },
            "budgets" => new KeyDraft { Rules = rules with { Budgets = [new(Usd.Zero, KeyBudgetPeriod.Day)] } },
            "tags" => new KeyDraft { Rules = rules with { Tags = ["a,b"] } },
            _ => new KeyDraft { Rules = rules with { Metadata = rules.Metadata.Add("", "x") } },
        };

        var refused = await _desk.CreateAsync(KeyActor.Local, draft, Token);

        refused.Refusal!.Kind.ShouldBe(KeyRefusalKind.Invalid);
        refused.Refusal.Field.ShouldBe(field);
        refused.Refusal.Message.ShouldStartWith(field == "budgets" ? "The limit of a budget" : field);
        _desk.All.ShouldBeEmpty();
    }

    private Task<KeyResult> Make(KeyDraft draft) => _desk.CreateAsync(KeyActor.Local, draft, Token);

    private Task<KeyResult> ExpireAsync(KeyId id, TimeSpan after) =>
        _desk.UpdateAsync(KeyActor.Local, id, draft => draft with { ExpiresAt = _time.GetUtcNow() + after }, Token);

    private bool IsValid(KeyResult made) => _ring.TryAuthenticate(made.Text!.Reveal(), out _);
}
