using Wye.Access;
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

    private static VirtualKey Key(string id, AccessRole role, byte fill) =>
        new()
        {
            Id = new(id),
            Role = role,
            Hash = [.. Enumerable.Repeat(fill, 32)],
            PepperMark = "mark-" + id,
            CreatedAt = A.Moment,
        };

    private static void ShouldBeSame(VirtualKey actual, VirtualKey expected)
    {
        actual.Hash.ShouldBe(expected.Hash);
        (actual with { Hash = expected.Hash }).ShouldBe(expected);
    }
}
