namespace Wye.Gates.Checks;

/// <summary><c>repetition</c>: the answer does not go round in circles. Score = 1 − share of text that repeats.</summary>
/// <param name="most">Largest share of eight-word runs that may be a repetition.</param>
internal sealed class RepetitionGate(double most) : Gate("repetition")
{
    private const int Run = 8;
    private const int Slots = 4_096;
    private const int LeastRuns = 24;

    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        Span<ulong> seen = stackalloc ulong[Slots];
        Span<uint> words = stackalloc uint[Run];
        var (count, repeated) = (0, 0);
        foreach (var token in answer.Tokens)
        {
            if (token.Kind is not (Texts.TextTokenKind.Word or Texts.TextTokenKind.Number))
            {
                continue;
            }

            words[count++ % Run] = Hash(answer.Answer.Slice(token.Start, token.Length));
            if (count < Run)
            {
                continue;
            }

            var run = 14695981039346656037UL;
            for (var i = 0; i < Run; i++)
            {
                run = (run ^ words[(count + i) % Run]) * 1099511628211UL;
            }

            ref var slot = ref seen[(int)(run % Slots)];
            repeated += slot == run ? 1 : 0;
            slot = run;
        }

        var runs = count - Run + 1;
        if (runs < LeastRuns)
        {
            return GateVerdict.Pass();
        }

        var share = (double)repeated / runs;
        return share > most
            ? GateVerdict.Refuse("repetition: goes round in circles", 1 - share)
            : GateVerdict.Pass(1 - share);
    }

    private static uint Hash(ReadOnlySpan<char> word)
    {
        var hash = 2166136261u;
        foreach (var c in word)
        {
            hash = (hash ^ (char.IsAscii(c) ? (char)(c | 0x20) : char.ToLowerInvariant(c))) * 16777619u;
        }

        return hash;
    }
}
