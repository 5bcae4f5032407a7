using System.Runtime.InteropServices;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire;

/// <summary>What one content chunk of a stream carries.</summary>
internal enum PieceKind
{
    Thinking,
    Text,
    ToolStart,
    ToolArguments,
}

/// <summary>One content chunk: a slice of one choice's text, reasoning or tool arguments.</summary>
/// <param name="Kind">What it carries.</param>
/// <param name="Choice">Index of the choice.</param>
/// <param name="Tool">Index of the tool call; -1 for text.</param>
/// <param name="Start">First byte.</param>
/// <param name="Length">Number of bytes.</param>
/// <param name="OutputTokens">Output tokens generated once this chunk is out.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct StreamPiece(
    PieceKind Kind,
    int Choice,
    int Tool,
    int Start,
    int Length,
    long OutputTokens
)
{
    public ReadOnlySpan<byte> Of(Reply reply)
    {
        var choice = reply.Choices[Choice];
        var source = Kind switch
        {
            PieceKind.Text => choice.Text,
            PieceKind.Thinking => choice.Thinking,
            _ => choice.ToolCalls[Tool].Arguments,
        };
        return source.AsSpan(Start, Length);
    }
}
