using Wye.Chat;
using Wye.Signals;
using Wye.Signals.Features;

namespace Wye.Quality.Estimates;

/// <summary>The parts of a request that a router reads: last user turn, system prompt, tools. Not thread-safe, reused.</summary>
/// <remarks>A turn of one text is read where it lies; one of several is joined, as far as the features read it.</remarks>
internal sealed class PromptParts
{
    private const int AnyMessage = int.MinValue;

    private readonly byte[] _userJoined = new byte[FeatureLayout.HeadBytes + FeatureLayout.TailBytes];
    private readonly byte[] _systemJoined = new byte[FeatureLayout.HeadBytes + FeatureLayout.TailBytes];
    private ReadOnlyMemory<byte> _user;
    private ReadOnlyMemory<byte> _system;
    private ReadOnlyMemory<byte> _tools;

    public ReadOnlySpan<byte> User => _user.Span;

    /// <summary>The same for whoever waits.</summary>
    public ReadOnlyMemory<byte> UserText => _user;

    public ReadOnlySpan<byte> System => _system.Span;

    public ReadOnlySpan<byte> Tools => _tools.Span;

    public void Read(ChatRequest request)
    {
        var texts = request.Texts;
        _user = Join(texts, ChatRole.User, LastUserTurn.Find(texts).Message, _userJoined);
        _system = Join(texts, ChatRole.System, AnyMessage, _systemJoined);
        _tools = request.ToolJson;
    }

    public void Clear()
    {
        // Working memory is kept: a prompt must not stay in it.
        Forget(_user, _userJoined);
        Forget(_system, _systemJoined);
        (_user, _system, _tools) = (default, default, default);
    }

    private static void Forget(ReadOnlyMemory<byte> read, byte[] joined)
    {
        if (read.Span.Overlaps(joined))
            joined.AsSpan(0, read.Length).Clear();
    }

    private static ReadOnlyMemory<byte> Join(IReadOnlyList<ChatText> texts, ChatRole role, int message, byte[] joined)
    {
        int first = -1;
        int count = 0;
        for (int i = 0; i < texts.Count; i++)
        {
            if (Holds(texts[i], role, message))
            {
                first = first < 0 ? i : first;
                count++;
            }
        }

        if (count <= 1)
            return count == 0 ? default : texts[first].Utf8;
        int head = Fill(texts, first, role, message, joined);
        return joined.AsMemory(0, head);
    }

    // What does not fit is cut from the middle: the last text's end is what the tail of a long turn would be.
    private static int Fill(IReadOnlyList<ChatText> texts, int first, ChatRole role, int message, byte[] joined)
    {
        int at = 0;
        ReadOnlySpan<byte> last = default;
        bool cut = false;
        for (int i = first; i < texts.Count; i++)
        {
            if (!Holds(texts[i], role, message))
                continue;
            last = texts[i].Utf8.Span;
            if (at > 0 && at < joined.Length)
                joined[at++] = (byte)'\n';
            int taken = Math.Min(last.Length, joined.Length - at);
            last[..taken].CopyTo(joined.AsSpan(at));
            at += taken;
            cut |= taken < last.Length;
        }

        if (cut)
        {
            int tail = Math.Min(last.Length, FeatureLayout.TailBytes);
            last[^tail..].CopyTo(joined.AsSpan(joined.Length - tail));
        }

        return at;
    }

    private static bool Holds(in ChatText text, ChatRole role, int message) =>
        text.Role == role && (message == AnyMessage || text.Message == message);
}
