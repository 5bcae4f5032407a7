using Wye.Simulator.Answers;
using Wye.Simulator.Models;

namespace Wye.Simulator.Caching;

/// <summary>The simulated prompt cache: remembers prefixes per model for a while. Thread-safe.</summary>
/// <remarks>
/// Automatic caching works on steps of 128 tokens (512 bytes of transcript) from 1,024 tokens on, as OpenAI's does. Dialects
/// with explicit marks remember a marked prefix through <see cref="Touch(ulong)"/>.
/// </remarks>
internal sealed class PromptCache(TimeProvider time, TimeSpan lifetime)
{
    /// <summary>Shortest prefix that is cached, in tokens.</summary>
    public const int LeastTokens = 1_024;

    private const int StepTokens = 128;
    private const int StepBytes = StepTokens * Tokenizer.BytesPerToken;
    private const int MaxEntries = 1 << 18;

    private readonly Lock _gate = new();
    private readonly Dictionary<ulong, long> _lastUse = [];

    /// <summary>Tokens of the longest prefix seen before; the whole prompt is remembered from now on.</summary>
    public int ReadAndRemember(SimulatedModel model, ReadOnlySpan<byte> transcript, int promptTokens)
    {
        if (model.Prices.CacheRead is null || transcript.Length < LeastTokens * Tokenizer.BytesPerToken)
        {
            return 0;
        }

        var cached = 0;
        var state = StableHash.Of(0, model.Name);
        lock (_gate)
        {
            var now = time.GetTimestamp();
            for (var end = StepBytes; end <= transcript.Length; end += StepBytes)
            {
                state = StableHash.Of(state, transcript[(end - StepBytes)..end]);
                var tokens = end / Tokenizer.BytesPerToken;
                if (tokens >= LeastTokens && Touch(state, now))
                {
                    cached = tokens;
                }
            }
        }

        return Math.Min(cached, promptTokens);
    }

    /// <summary>True when the key was remembered and still lives; remembers it either way.</summary>
    public bool Touch(ulong key)
    {
        lock (_gate)
        {
            return Touch(key, time.GetTimestamp());
        }
    }

    /// <summary>True when the key was remembered and still lives; changes nothing.</summary>
    public bool Knows(ulong key)
    {
        lock (_gate)
        {
            return Knows(key, time.GetTimestamp());
        }
    }

    private bool Knows(ulong key, long now) =>
        _lastUse.TryGetValue(key, out var last) && time.GetElapsedTime(last, now) <= lifetime;

    private bool Touch(ulong key, long now)
    {
        var known = Knows(key, now);
        if (_lastUse.Count >= MaxEntries)
        {
            _lastUse.Clear();
        }

        _lastUse[key] = now;
        return known;
    }
}
