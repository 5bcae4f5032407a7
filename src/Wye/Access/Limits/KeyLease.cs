namespace Wye.Access.Limits;

/// <summary>A request of a key that was let in: holds its place until disposed. One request at a time uses it.</summary>
public sealed class KeyLease : IDisposable
{
    private readonly KeyState _state;
    private readonly long _requestSlot;
    private long _tokenSlot;
    private long _tokens;
    private bool _refunded;
    private int _ended;

    private KeyLease(KeyState state, long requestSlot)
    {
        _state = state;
        _requestSlot = requestSlot;
    }

    /// <summary>The key's rules at this moment.</summary>
    public KeyRules Rules => _state.Key.Rules;

    /// <summary>Lets a request of a proven key in, or says which limit is in the way.</summary>
    /// <exception cref="ArgumentException">The key is <c>default</c>.</exception>
    public static bool TryEnter(AuthenticatedKey key, out KeyLease? lease, out LimitRefusal refusal)
    {
        var state = key.State ?? throw new ArgumentException("The key was not proven.", nameof(key));
        lease = state.Limiter.TryEnter(state.Key.Rules, out var slot, out refusal) ? new KeyLease(state, slot) : null;
        return lease is not null;
    }

    /// <summary>
    /// Takes the tokens the request is expected to need; later calls replace the estimate. False = the limit does not allow
    /// it: the request then counts as one that never came.
    /// </summary>
    public bool TryTake(long tokens, out LimitRefusal refusal)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(tokens);
        if (_state.Limiter.TryTake(Rules, tokens - _tokens, out var slot, out refusal))
        {
            (_tokens, _tokenSlot) = (tokens, slot);
            return true;
        }

        _refunded = true;
        return false;
    }

    /// <summary>Replaces the estimate by what was used.</summary>
    public void Correct(long tokens)
    {
        if (tokens != _tokens)
        {
            _state.Limiter.Correct(_tokenSlot, tokens - _tokens);
            _tokens = tokens;
        }
    }

    /// <summary>How much of the key's limits is left; null = there is no such limit.</summary>
    public (LimitStatus? Requests, LimitStatus? Tokens) Status() => _state.Limiter.Status(Rules);

    /// <summary>Gives the place back; the second call does nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _ended, 1) == 0)
        {
            _state.Limiter.Leave(_refunded ? _requestSlot : null);
        }
    }
}
