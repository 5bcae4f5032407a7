using System.Runtime.InteropServices;
using Wye.Simulator.Answers;

namespace Wye.Simulator.Wire;

/// <summary>Cuts a reply into content chunks of a few tokens, never inside a character.</summary>
internal static class StreamPieces
{
    public static List<StreamPiece> Of(Reply reply, int tokensPerChunk)
    {
        var pieces = new List<StreamPiece>();
        var bytes = reply.Choices.Sum(c => c.Bytes);
        var progress = new Progress(reply.OutputTokens, reply.ReasoningTokens, bytes);
        for (var c = 0; c < reply.Choices.Length; c++)
        {
            var choice = reply.Choices[c];
            Add(PieceKind.Thinking, c, -1, choice.Thinking);
            Add(PieceKind.Text, c, -1, choice.Text);
            for (var t = 0; t < choice.ToolCalls.Length; t++)
            {
                pieces.Add(new StreamPiece(PieceKind.ToolStart, c, t, 0, 0, progress.Tokens));
                Add(PieceKind.ToolArguments, c, t, choice.ToolCalls[t].Arguments);
            }
        }

        return pieces;

        void Add(PieceKind kind, int choice, int tool, ReadOnlySpan<byte> source)
        {
            for (var start = 0; start < source.Length; )
            {
                var length = Math.Max(1, Tokenizer.PrefixLength(source[start..], tokensPerChunk));
                progress.Done += length;
                pieces.Add(new StreamPiece(kind, choice, tool, start, length, progress.Tokens));
                start += length;
            }
        }
    }

    /// <summary>Output tokens grow with the bytes sent; hidden reasoning comes before the first of them.</summary>
    [StructLayout(LayoutKind.Auto)]
    private struct Progress(long output, long reasoning, long bytes)
    {
        public long Done { get; set; }

        public readonly long Tokens =>
            bytes == 0 ? output : reasoning + (long)Math.Ceiling((decimal)(output - reasoning) * Done / bytes);
    }
}
