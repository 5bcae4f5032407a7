using Wye.Access.Secrets;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Access;

public sealed class KeyRingTests
{
    private readonly MemoryKeyStore _store = new();
    private readonly CountingHasher _hasher = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task EnsureAdminKey_GivesItsTextOnce()
    {
        var ring = Ring();

        var first = await ring.EnsureAdminKeyAsync(Token);
        var second = await ring.EnsureAdminKeyAsync(Token);

        first.ShouldNotBeNull();
        second.ShouldBeNull();
        ring.TryAuthenticate(first.Reveal(), out var key).ShouldBeTrue();
        key.Role.ShouldBe(AccessRole.Admin);
        first.Reveal().ShouldContain(key.Id.Value);
    }

    [Fact]
    public async Task EnsureAdminKey_AfterARestart_GivesNothing_AndTheOldKeyHolds()
    {
        var text = (await Ring().EnsureAdminKeyAsync(Token))!.Reveal();
        var restarted = Ring();

        (await restarted.EnsureAdminKeyAsync(Token)).ShouldBeNull();

        restarted.TryAuthenticate(text, out _).ShouldBeTrue();
    }

    [Fact]
    public async Task EnsureAdminKey_OfManyAtOnce_GivesOneText()
    {
        var texts = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => Ring().EnsureAdminKeyAsync(Token), Token))
        );

        texts.Count(text => text is not null).ShouldBe(1);
        (await _store.AllAsync(Token)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task EnsureAdminKey_BesideDataPlaneKeys_MakesOne()
    {
        var ring = Ring();
        await ring.CreateAsync(AccessRole.DataPlane, Token);

        (await ring.EnsureAdminKeyAsync(Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task Create_GivesAKeyOfItsRole()
    {
        var ring = Ring();

        var text = await ring.CreateAsync(AccessRole.DataPlane, Token);

        ring.TryAuthenticate(text.Reveal(), out var key).ShouldBeTrue();
        key.Role.ShouldBe(AccessRole.DataPlane);
        ring.Count.ShouldBe(1);
    }

    [Fact]
    public async Task TryAuthenticate_RefusesEverySingleCharacterChange()
    {
        var ring = Ring();
        var text = (await ring.EnsureAdminKeyAsync(Token))!.Reveal();
        for (var i = 0; i < text.Length; i++)
        {
            var changed = text.ToCharArray();
            changed[i] = changed[i] == 'a' ? 'b' : 'a';

            ring.TryAuthenticate(changed, out var key).ShouldBeFalse();
            key.ShouldBe(default);
        }
    }

    [Fact]
    public async Task TryAuthenticate_RefusesTheSecretOfAnotherKey()
    {
        var ring = Ring();
        var one = (await ring.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        var two = (await ring.CreateAsync(AccessRole.Admin, Token)).Reveal();

        ring.TryAuthenticate(two[..^43] + one[^43..], out _).ShouldBeFalse();
    }

    [Fact]
    public async Task StoredHash_IsNoCredential()
    {
        var ring = Ring();
        await ring.EnsureAdminKeyAsync(Token);
        var stored = (await _store.AllAsync(Token))[0];
        var hash = System.Buffers.Text.Base64Url.EncodeToString(stored.Hash.AsSpan());

        ring.TryAuthenticate($"sk-wye-{stored.Id}-{hash}", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task TryAuthenticate_TakesTheSameStepsWhateverIsWrong()
    {
        var ring = Ring();
        var right = (await ring.EnsureAdminKeyAsync(Token))!.Reveal();
        var secret = right[^43..];
        string[] presented =
        [
            right,
            right[..^1] + (right[^1] == 'A' ? 'Q' : 'A'),
            "sk-wye-unknown-" + secret,
            "not a key",
            "",
        ];
        foreach (var text in presented)
        {
            _hasher.Lengths.Clear();
            ring.TryAuthenticate(text, out _);
            _hasher.Lengths.ShouldBe([43], $"one hash of one length for '{text}'");
        }
    }

    [Fact]
    public async Task TryAuthenticate_AllocatesNothing()
    {
        var ring = new KeyRing(_store, new KeyHasher(new byte[32]), TimeProvider.System);
        var text = (await ring.EnsureAdminKeyAsync(Token))!.Reveal();

        Allocations.Least(() => Authenticate(ring, text, 1_000)).ShouldBe(0);
    }

    [Fact]
    public async Task Load_WithAnotherPepper_SaysSo()
    {
        await Ring().EnsureAdminKeyAsync(Token);
        var other = new KeyRing(_store, new KeyHasher([.. Enumerable.Repeat((byte)9, 32)]), TimeProvider.System);

        var error = await Should.ThrowAsync<AccessUnavailableException>(() => other.EnsureAdminKeyAsync(Token));

        error.Message.ShouldBe(
            "None of the 1 stored keys was made with the present pepper. Restore the pepper file that belongs to this store."
        );
    }

    [Fact]
    public async Task EnsureAdminKey_WhenTheAdminKeyHasAnotherPepper_SaysSo()
    {
        await Ring().EnsureAdminKeyAsync(Token);
        var pepper = new KeyHasher([.. Enumerable.Repeat((byte)9, 32)]);
        await _store.AddAsync(
            (await _store.AllAsync(Token))[0] with
            {
                Id = new("other"),
                Role = AccessRole.DataPlane,
                PepperMark = pepper.Mark,
            },
            Token
        );

        await Should.ThrowAsync<AccessUnavailableException>(() =>
            new KeyRing(_store, pepper, TimeProvider.System).EnsureAdminKeyAsync(Token)
        );
    }

    [Fact]
    public async Task Secret_DoesNotPrintItself()
    {
        var text = await Ring().EnsureAdminKeyAsync(Token);

        $"{text}".ShouldBe("***");
    }

    [Fact]
    public async Task AKeyThatAConnectionPresentsAgain_IsNotHashedAgain_AndLookedUpAllTheSame()
    {
        var ring = Ring();
        var first = (await ring.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        var second = (await ring.CreateAsync(AccessRole.Viewer, Token)).Reveal();
        var connection = new PresentedKey();

        Present(first).ShouldBe((KeyVerdict.Valid, AccessRole.DataPlane, 1));
        Present(first).ShouldBe((KeyVerdict.Valid, AccessRole.DataPlane, 0));
        Present(second).ShouldBe((KeyVerdict.Valid, AccessRole.Viewer, 1));
        Present(first).ShouldBe((KeyVerdict.Valid, AccessRole.DataPlane, 1));

        // Of another process: gone once the ring is loaded again.
        foreach (var key in await _store.AllAsync(Token))
        {
            await _store.RemoveAsync(key.Id, Token);
        }

        await ring.LoadAsync(Token);
        Present(first).ShouldBe((KeyVerdict.Unknown, default, 0));

        (KeyVerdict Verdict, AccessRole Role, int Hashes) Present(string text)
        {
            _hasher.Lengths.Clear();
            var verdict = ring.Prove(text, connection, out var key);
            return (verdict, key.Role, _hasher.Lengths.Count);
        }
    }

    [Fact]
    public async Task AKeyThatIsNotValid_IsHashedEachTime()
    {
        var ring = Ring();
        var valid = (await ring.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        var wrong = valid[..^1] + (valid[^1] == 'a' ? 'b' : 'a');
        var connection = new PresentedKey();
        ring.Prove(valid, connection, out _);
        _hasher.Lengths.Clear();

        for (var time = 0; time < 3; time++)
        {
            ring.Prove(wrong, connection, out _).ShouldBe(KeyVerdict.Unknown);
        }

        _hasher.Lengths.ShouldBe([43, 43, 43]);
    }

    [Fact]
    public async Task WhatAConnectionPresented_SpeaksForNoOtherKey()
    {
        var ring = Ring();
        var first = (await ring.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        var second = (await ring.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        var mixed = second[..^43] + first[^43..];
        var connection = new PresentedKey();
        ring.Prove(first, connection, out _).ShouldBe(KeyVerdict.Valid);
        _hasher.Lengths.Clear();

        ring.Prove(mixed, connection, out _).ShouldBe(KeyVerdict.Unknown);
        ring.Prove(first.AsSpan(0, first.Length - 43), connection, out _).ShouldBe(KeyVerdict.Unknown);

        _hasher.Lengths.ShouldBe([43, 43]);
    }

    [Fact]
    public async Task AKeyThatAConnectionPresentsAgain_IsHeldToItsRotation()
    {
        var ring = Ring();
        var old = (await ring.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        var key = ring.All.ShouldHaveSingleItem();
        var connection = new PresentedKey();
        ring.Prove(old, connection, out _).ShouldBe(KeyVerdict.Valid);
        var (hash, fresh) = ring.NewSecret(key.Id);
        var rotated = key with { Hash = hash, PreviousHash = key.Hash };
        _hasher.Lengths.Clear();

        ring.Take([rotated with { PreviousUntil = DateTimeOffset.MaxValue }]);
        ring.Prove(old, connection, out _).ShouldBe(KeyVerdict.Valid);
        ring.Take([rotated with { PreviousUntil = DateTimeOffset.MinValue }]);
        ring.Prove(old, connection, out _).ShouldBe(KeyVerdict.Unknown);
        _hasher.Lengths.ShouldBeEmpty();
        ring.Prove(fresh.Reveal(), connection, out _).ShouldBe(KeyVerdict.Valid);
    }

    private KeyRing Ring() => new(_store, _hasher, TimeProvider.System);

    private static void Authenticate(KeyRing ring, string text, int count)
    {
        for (var i = 0; i < count; i++)
        {
            if (!ring.TryAuthenticate(text, out _))
            {
                throw new InvalidOperationException("The key was refused.");
            }
        }
    }

    private sealed class CountingHasher : ISecretHasher
    {
        private readonly KeyHasher _inner = new(new byte[32]);

        public List<int> Lengths { get; } = [];

        public string Mark => _inner.Mark;

        public void Hash(ReadOnlySpan<char> secret, Span<byte> hash)
        {
            lock (Lengths)
            {
                Lengths.Add(secret.Length);
            }

            _inner.Hash(secret, hash);
        }
    }
}
