using System.Runtime.InteropServices;
using Wye.Simulator.Answers;
using Wye.Simulator.Caching;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>The block ends of one prompt (tools, system, messages) and which of them the caller marked for the cache.</summary>
/// <remarks>
/// As documented: a prefix is written at marks only, from 1,024 tokens on; reading looks back from each mark over 20 blocks for the
/// longest prefix written before; marks themselves do not count as content, so they may move from call to call.
/// </remarks>
internal sealed class PromptMarks
{
    private const int LookBack = 20;
    private readonly List<BlockEnd> _ends = [];
    private ulong _state;

    /// <summary>Blocks marked so far.</summary>
    public int Marked { get; private set; }

    /// <summary>Adds content to the prefix.</summary>
    public void Add(ReadOnlySpan<byte> content) => _state = StableHash.Of(_state, content);

    /// <summary>Ends a block.</summary>
    /// <param name="tokens">Input tokens up to here.</param>
    /// <param name="marked">True when the caller marked it.</param>
    public void End(int tokens, bool marked)
    {
        _ends.Add(new BlockEnd(_state, tokens, marked));
        Marked += marked ? 1 : 0;
    }

    /// <summary>Marks the last block, as a mark on the whole request does.</summary>
    public void MarkLast()
    {
        if (_ends.Count > 0 && !_ends[^1].Marked)
        {
            _ends[^1] = _ends[^1] with { Marked = true };
            Marked++;
        }
    }

    /// <summary>Reads and writes the cache; fills the cache counts of the call.</summary>
    public void Apply(SimulatedCall call, PromptCache cache)
    {
        if (call.Model.Prices.CacheRead is null || Marked == 0)
        {
            return;
        }

        var model = StableHash.Of(0, call.Model.Name);
        var (read, written) = (-1, -1);
        for (var i = 0; i < _ends.Count; i++)
        {
            if (_ends[i].Marked && _ends[i].Tokens >= PromptCache.LeastTokens)
            {
                read = Math.Max(read, FindWritten(i, model, cache));
                written = i;
            }
        }

        for (var i = 0; i < _ends.Count; i++)
        {
            if (i == read || (_ends[i].Marked && _ends[i].Tokens >= PromptCache.LeastTokens))
            {
                cache.Touch(Key(i, model));
            }
        }

        call.CacheReadTokens = read < 0 ? 0 : _ends[read].Tokens;
        call.CacheWriteTokens = written < 0 ? 0 : _ends[written].Tokens - call.CacheReadTokens;
    }

    /// <summary>The last block end up to <paramref name="mark"/> whose prefix is cached; none: -1.</summary>
    private int FindWritten(int mark, ulong model, PromptCache cache)
    {
        for (var i = mark; i >= 0 && i > mark - LookBack; i--)
        {
            if (_ends[i].Tokens >= PromptCache.LeastTokens && cache.Knows(Key(i, model)))
            {
                return i;
            }
        }

        return -1;
    }

    private ulong Key(int index, ulong model) => StableHash.Mix(model ^ _ends[index].Prefix);

    [StructLayout(LayoutKind.Auto)]
    private readonly record struct BlockEnd(ulong Prefix, int Tokens, bool Marked);
}
