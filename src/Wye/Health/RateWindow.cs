namespace Wye.Health;

/// <summary>Requests and tokens of the last minute in buckets of 1 s. Not thread-safe: its owner locks.</summary>
/// <remarks>
/// It holds 61 buckets, so it looks back 60 to 61 s: no 60 s, wherever they begin, ever see more than the limit. Nothing is
/// reset at the turn of a minute.
/// </remarks>
internal sealed class RateWindow
{
    /// <summary>Number of buckets, each of 1 s.</summary>
    public const int Seconds = 61;

    private readonly int[] _requests = new int[Seconds];
    private readonly long[] _tokens = new long[Seconds];
    private long _second;

    /// <summary>Requests within the window.</summary>
    public long Requests { get; private set; }

    /// <summary>Tokens within the window, expected ones of calls still under way included.</summary>
    public long Tokens { get; private set; }

    /// <summary>Counts a request that begins.</summary>
    public void Add(long second, long tokens)
    {
        MoveTo(second);
        var bucket = Bucket(_second);
        _requests[bucket]++;
        _tokens[bucket] += tokens;
        Requests++;
        Tokens += tokens;
    }

    /// <summary>Puts what a request took in the place of what was expected, where it was counted.</summary>
    public void Correct(long second, long tokens)
    {
        // Once the bucket has left the window there is nothing left to correct.
        if (second <= _second && _second - second < Seconds)
        {
            _tokens[Bucket(second)] += tokens;
            Tokens += tokens;
        }
    }

    /// <summary>Drops what has left the window.</summary>
    public void MoveTo(long second)
    {
        if (second - _second >= Seconds)
        {
            Array.Clear(_requests);
            Array.Clear(_tokens);
            (Requests, Tokens) = (0, 0);
            _second = second;
            return;
        }

        while (_second < second)
        {
            var bucket = Bucket(++_second);
            Requests -= _requests[bucket];
            Tokens -= _tokens[bucket];
            _requests[bucket] = 0;
            _tokens[bucket] = 0;
        }
    }

    /// <summary>Seconds until the window has room; 0 = it has now. At most <see cref="Seconds"/>.</summary>
    public int SecondsUntil(int? maxRequests, int? maxTokens, long tokens)
    {
        var (requests, counted) = (Requests, Tokens);
        for (var wait = 0; wait < Seconds; wait++)
        {
            if (!IsOver(requests, counted, maxRequests, maxTokens, tokens, out _))
            {
                return wait;
            }

            // The oldest bucket is the one that the next second will take.
            var oldest = Bucket(_second + wait + 1);
            requests -= _requests[oldest];
            counted -= _tokens[oldest];
        }

        return Seconds;
    }

    /// <summary>Whether one more request would break a limit. One larger than the limit itself may go alone.</summary>
    public static bool IsOver(
        long requests,
        long counted,
        int? maxRequests,
        int? maxTokens,
        long tokens,
        out RateLimit limit
    )
    {
        limit =
            requests + 1 > (maxRequests ?? long.MaxValue) ? RateLimit.Requests
            : maxTokens is { } most && counted > 0 && counted + tokens > most ? RateLimit.Tokens
            : RateLimit.None;
        return limit != RateLimit.None;
    }

    private static int Bucket(long second) => (int)(second % Seconds);
}
