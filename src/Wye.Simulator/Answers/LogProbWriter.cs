using System.Text;
using Wye.Simulator.Truth;

namespace Wye.Simulator.Answers;

/// <summary>Invents log-probabilities: right answers are a little surer than wrong ones, with overlap.</summary>
internal static class LogProbWriter
{
    public static SimulatedLogProb[] Invent(byte[] text, in TruthDraw draw)
    {
        var tokens = new List<SimulatedLogProb>(Tokenizer.Count(text.Length));
        var doubt = (draw.Correct ? 0.12 : 0.30) * (0.5 + draw.Difficulty);
        var chance = draw.Own;
        for (var start = 0; start < text.Length; )
        {
            var length = Math.Max(1, Tokenizer.PrefixLength(text.AsSpan(start), 1));
            chance = StableHash.Mix(chance);
            var surprise = doubt * -Math.Log(1 - StableHash.Unit(chance));
            tokens.Add(new SimulatedLogProb(Encoding.UTF8.GetString(text, start, length), -surprise));
            start += length;
        }

        return [.. tokens];
    }
}
