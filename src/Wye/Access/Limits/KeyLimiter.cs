namespace Wye.Access.Limits;

/// <summary>Live counters of one key. They outlive every change of the key's rules. Thread-safe; exact within this process.</summary>
internal sealed class KeyLimiter(TimeProvider time)
{
    private readonly Lock _gate = new();
    private MovingWindow? _requests;
    private MovingWindow? _tokens;
    private int _running;

    /// <summary>Requests that run now.</summary>
    public int Running
    {
        get
        {
            lock (_gate)
            {
                return _running;
            }
        }
    }

    /// <summary>Lets a request in if the limits of concurrency and requests allow it; what is refused counts nowhere.</summary>
    public bool TryEnter(KeyRules rules, out long slot, out LimitRefusal refusal)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            slot = 0;
            if (_running >= rules.MaxConcurrent)
            {
                refusal = new(LimitKind.Concurrency, rules.MaxConcurrent.Value, 1, null);
                return false;
            }

            if (Window(ref _requests, rules.RequestsPerMinute, now) is { } window)
            {
                if (rules.RequestsPerMinute is { } limit && window.Sum + 1 > limit)
                {
                    refusal = new(LimitKind.Requests, limit, 1, window.UntilFits(now, 1, limit));
                    return false;
                }

                window.Add(1);
                slot = window.Present;
            }

            _running++;
            refusal = default;
            return true;
        }
    }

    /// <summary>Takes tokens if the limit of tokens allows it.</summary>
    public bool TryTake(KeyRules rules, long tokens, out long slot, out LimitRefusal refusal)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            slot = 0;
            if (Window(ref _tokens, rules.TokensPerMinute, now) is { } window)
            {
                if (rules.TokensPerMinute is { } limit && window.Sum + tokens > limit)
                {
                    refusal = new(LimitKind.Tokens, limit, tokens, window.UntilFits(now, tokens, limit));
                    return false;
                }

                window.Add(tokens);
                slot = window.Present;
            }

            refusal = default;
            return true;
        }
    }

    /// <summary>Replaces an estimate by what it was.</summary>
    public void Correct(long slot, long difference)
    {
        lock (_gate)
        {
            _tokens?.AdvanceTo(time.GetTimestamp());
            _tokens?.Correct(slot, difference);
        }
    }

    /// <summary>A request ends.</summary>
    /// <param name="requestSlot">Where it was counted; null = it stays counted.</param>
    public void Leave(long? requestSlot)
    {
        lock (_gate)
        {
            _running--;
            if (requestSlot is { } slot && _requests is { } window)
            {
                window.AdvanceTo(time.GetTimestamp());
                window.Correct(slot, -1);
            }
        }
    }

    /// <summary>How much of the limits is left; null = there is no such limit.</summary>
    public (LimitStatus? Requests, LimitStatus? Tokens) Status(KeyRules rules)
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return (Of(ref _requests, rules.RequestsPerMinute, now), Of(ref _tokens, rules.TokensPerMinute, now));
        }
    }

    /// <summary>Requests and tokens of the last 60 s; null = nothing counts them, since they were never limited.</summary>
    public (long? Requests, long? Tokens) Used()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            return (Window(ref _requests, null, now)?.Sum, Window(ref _tokens, null, now)?.Sum);
        }
    }

    private LimitStatus? Of(ref MovingWindow? window, long? limit, long now) =>
        limit is { } most && Window(ref window, limit, now) is { } present
            ? new LimitStatus(most, Math.Max(0, most - present.Sum), present.UntilEmpty(now))
            : null;

    // Made with the first limit and kept from then on: taking a rule away and giving it back resets nothing.
    private MovingWindow? Window(ref MovingWindow? window, long? limit, long now)
    {
        if (limit is not null)
        {
            window ??= new MovingWindow(time);
        }

        window?.AdvanceTo(now);
        return window;
    }
}
