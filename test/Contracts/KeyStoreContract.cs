using System.Text;
using System.Text.Json;
using Wye.Access;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Contracts;

/// <summary>What every key store must do; one class per implementation runs it.</summary>
public abstract class KeyStoreContract : IAsyncLifetime
{
    private IKeyStore? _store;

    protected IKeyStore Store => _store!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A fresh, empty store.</summary>
    protected abstract IKeyStore Open();

    public virtual ValueTask InitializeAsync()
    {
        _store = Open();
        return ValueTask.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await Store.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task All_OfAnEmptyStore_IsEmpty() => (await Store.AllAsync(Token)).ShouldBeEmpty();

    [Fact]
    public async Task All_GivesBackEveryFieldOldestFirst()
    {
        var first = Key("zzz", AccessRole.Admin, fill: 1);
        var second = Key("aaa", AccessRole.DataPlane, fill: 2);
        await Store.AddAsync(first, Token);
        await Store.AddAsync(second, Token);

        var all = await Store.AllAsync(Token);

        all.Count.ShouldBe(2);
        ShouldBeSame(all[0], first);
        ShouldBeSame(all[1], second);
    }

    [Fact]
    public async Task Add_RefusesAnIdThatIsTaken()
    {
        await Store.AddAsync(Key("abc", AccessRole.Admin, fill: 1), Token);

        var error = await Should.ThrowAsync<ArgumentException>(() =>
            Store.AddAsync(Key("abc", AccessRole.DataPlane, fill: 2), Token)
        );

        error.Message.ShouldContain("'abc'");
        ShouldBeSame((await Store.AllAsync(Token)).ShouldHaveSingleItem(), Key("abc", AccessRole.Admin, fill: 1));
    }

    [Fact]
    public async Task Add_RefusesAHashOfAnotherLength() =>
        await Should.ThrowAsync<ArgumentException>(() =>
            Store.AddAsync(Key("abc", AccessRole.Admin, 1) with { Hash = [1, 2, 3] }, Token)
        );

    [Fact]
    public async Task TryAddFirst_AddsOnlyTheFirstOfItsRole()
    {
        await Store.AddAsync(Key("plain", AccessRole.DataPlane, 1), Token);

        (await Store.TryAddFirstAsync(Key("one", AccessRole.Admin, 2), Token)).ShouldBeTrue();
        (await Store.TryAddFirstAsync(Key("two", AccessRole.Admin, 3), Token)).ShouldBeFalse();

        (await Store.AllAsync(Token)).Select(key => key.Id.Value).ShouldBe(["plain", "one"]);
    }

    [Fact]
    public async Task TryAddFirst_OfManyAtOnce_AddsOne()
    {
        var tries = Enumerable
            .Range(0, 8)
            .Select(i => Task.Run(() => Store.TryAddFirstAsync(Key($"k{i}", AccessRole.Admin, (byte)i), Token), Token));

        var added = await Task.WhenAll(tries);

        added.Count(yes => yes).ShouldBe(1);
        (await Store.AllAsync(Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task All_GivesBackEveryRule()
    {
        var key = Key("abc", AccessRole.Viewer, fill: 1) with
        {
            Name = "nightly \u00e4 \"run\"",
            PreviousHash = [.. Enumerable.Repeat((byte)9, 32)],
            PreviousUntil = A.Moment.AddDays(1),
            CreatedBy = "cli",
            ExpiresAt = A.Moment.AddDays(90),
            Blocked = true,
            Revision = 7,
            Rules = new KeyRules
            {
                Routes = ["auto", "sup*"],
                Models = [],
                RequestsPerMinute = 60,
                TokensPerMinute = 5_000_000_000,
                MaxConcurrent = 4,
                Budgets =
                [
                    new(new Usd(1), KeyBudgetPeriod.Month),
                    new(Usd.FromDollars(2.5m), KeyBudgetPeriod.Total, Hard: false),
                ],
                Tags = ["team:a"],
                Metadata = KeyRules.None.Metadata.Add("owner", "someone").Add("a", ""),
            },
        };
        await Store.AddAsync(key, Token);

        ShouldBeSame((await Store.AllAsync(Token)).ShouldHaveSingleItem(), key);
    }

    [Fact]
    public async Task Replace_TakesTheNextRevisionOnly()
    {
        var key = Key("abc", AccessRole.DataPlane, fill: 1);
        await Store.AddAsync(key, Token);
        var next = key with { Blocked = true, Revision = 2 };

        (await Store.TryReplaceAsync(next with { Revision = 3 }, Token)).ShouldBeFalse();
        (await Store.TryReplaceAsync(next, Token)).ShouldBeTrue();
        (await Store.TryReplaceAsync(next, Token)).ShouldBeFalse();

        ShouldBeSame((await Store.AllAsync(Token)).ShouldHaveSingleItem(), next);
    }

    [Fact]
    public async Task Replace_OfManyAtOnce_LetsOneThrough()
    {
        var key = Key("abc", AccessRole.DataPlane, fill: 1);
        await Store.AddAsync(key, Token);
        var tries = Enumerable
            .Range(0, 8)
            .Select(i =>
                Task.Run(() => Store.TryReplaceAsync(key with { Name = $"n{i}", Revision = 2 }, Token), Token)
            );

        (await Task.WhenAll(tries)).Count(yes => yes).ShouldBe(1);
    }

    [Fact]
    public async Task Replace_OfAKeyThatIsNotThere_ChangesNothing()
    {
        (await Store.TryReplaceAsync(Key("abc", AccessRole.DataPlane, 1) with { Revision = 2 }, Token)).ShouldBeFalse();

        (await Store.AllAsync(Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Remove_TakesOneKeyAway()
    {
        await Store.AddAsync(Key("abc", AccessRole.DataPlane, fill: 1), Token);
        await Store.AddAsync(Key("def", AccessRole.DataPlane, fill: 2), Token);

        (await Store.RemoveAsync(new KeyId("abc"), Token)).ShouldBeTrue();
        (await Store.RemoveAsync(new KeyId("abc"), Token)).ShouldBeFalse();

        (await Store.AllAsync(Token)).ShouldHaveSingleItem().Id.Value.ShouldBe("def");
    }

    [Fact]
    public async Task Version_IsAnotherOneAfterEveryChange()
    {
        var key = Key("abc", AccessRole.DataPlane, fill: 1);
        List<long> seen = [await Store.VersionAsync(Token)];
        await Store.AddAsync(key, Token);
        seen.Add(await Store.VersionAsync(Token));
        await Store.TryReplaceAsync(key with { Revision = 2 }, Token);
        seen.Add(await Store.VersionAsync(Token));
        await Store.RemoveAsync(key.Id, Token);
        seen.Add(await Store.VersionAsync(Token));

        seen.Distinct().Count().ShouldBe(4);
        (await Store.VersionAsync(Token)).ShouldBe(seen[^1]);
    }

    private static VirtualKey Key(string id, AccessRole role, byte fill) =>
        new()
        {
            Id = new(id),
            Role = role,
            Hash = [.. Enumerable.Repeat(fill, 32)],
            PepperMark = "mark-" + id,
            CreatedAt = A.Moment,
        };

    // Records hold arrays, which compare by reference: the text of all members is what is compared.
    private static void ShouldBeSame(VirtualKey actual, VirtualKey expected) => Text(actual).ShouldBe(Text(expected));

    private static string Text(VirtualKey key)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            KeyRulesJson.WriteMembers(json, key.Rules);
            json.WriteEndObject();
        }

        var hashes =
            $"{Convert.ToHexString(key.Hash.AsSpan())} {Convert.ToHexString((key.PreviousHash ?? []).AsSpan())}";
        return $"{key with { Hash = [], PreviousHash = null, Rules = KeyRules.None }} {hashes} "
            + Encoding.UTF8.GetString(buffer.ToArray());
    }
}
