using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Puts the blocks of a prompt into the transcript, counts their tokens and notes where they end.</summary>
internal sealed class PromptWriter(SimulatedCall call, PromptMarks marks)
{
    private readonly Transcript _transcript = call.Transcript;
    private int _done;
    private int _extra;
    private int _start;
    private int _textLength;
    private string? _role;

    /// <summary>Input tokens up to here, without those each request costs.</summary>
    public int Tokens => _done + (_role is null ? 0 : Tokenizer.PerMessage + Tokenizer.Count(_textLength) + _extra);

    /// <summary>Begins a message of that role; goes on with the open one when it has the same role.</summary>
    public void Begin(string role)
    {
        if (string.Equals(_role, role, StringComparison.Ordinal))
        {
            return;
        }

        End();
        (_role, _start, _textLength, _extra) = (role, _transcript.Length, 0, 0);
        marks.Add(Encoding.UTF8.GetBytes(role));
    }

    /// <summary>Adds a JSON string to the open message.</summary>
    public void Text(JsonElement text)
    {
        if (_transcript.Length > _start)
        {
            _transcript.Append("\n"u8);
        }

        var raw = JsonMarshal.GetRawUtf8Value(text)[1..^1];
        var from = _transcript.Length;
        _transcript.Append(raw.Contains((byte)'\\') ? Encoding.UTF8.GetBytes(text.GetString()!) : raw);
        _textLength = _transcript.Length - _start;
        marks.Add(_transcript.Bytes[from..]);
    }

    /// <summary>Adds something without text of its own.</summary>
    public void Opaque(ReadOnlySpan<byte> content, int tokens)
    {
        _transcript.AppendOpaque(content);
        marks.Add(content);
        _extra += tokens;
    }

    /// <summary>Adds a tool offered, before any message.</summary>
    public void Tool(ReadOnlySpan<byte> content, int tokens)
    {
        marks.Add(content);
        _done += tokens;
    }

    public void EndBlock(bool marked) => marks.End(Tokens, marked);

    /// <summary>Ends the open message, if any.</summary>
    public void End()
    {
        if (_role is null)
        {
            return;
        }

        _done = Tokens;
        call.EndsWithUser = string.Equals(_role, "user", StringComparison.Ordinal);
        if (call.EndsWithUser)
        {
            call.Prompt = Encoding.UTF8.GetString(_transcript.Bytes.Slice(_start, _textLength));
        }

        _transcript.EndMessage(_role, _start, _textLength);
        _role = null;
    }
}
