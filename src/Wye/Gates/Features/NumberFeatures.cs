namespace Wye.Gates.Features;

/// <summary>Whether the numbers of an answer hang together with the question and with each other.</summary>
internal static class NumberFeatures
{
    public static void Write(AnswerView view, FeatureScratch scratch, ref FeatureSink sink)
    {
        var equations = view.Equations;
        var count = equations.All.Length;
        sink.AddLog("equations", count);
        sink.Add("no_equation", count == 0);
        sink.Add("wrong", equations.Wrong > 0);
        sink.Add("wrong_share", count == 0 ? 0 : (double)equations.Wrong / count);
        sink.Add("rounded", scratch.Rounded > 0);
        sink.AddLog("unread_equations", equations.Unread);
        sink.AddLog("largest", scratch.Largest);
        Final(scratch, ref sink);
        Usage(scratch, ref sink);
        sink.Add("add", scratch.Operators[0]);
        sink.Add("subtract", scratch.Operators[1]);
        sink.Add("multiply", scratch.Operators[2]);
        sink.Add("divide", scratch.Operators[3]);
        var annotated = view.Answer.Contains("<<", StringComparison.Ordinal);
        sink.Add("annotated", annotated);
        sink.Add("not_annotated", count > 0 && !annotated);
    }

    private static void Final(FeatureScratch scratch, ref FeatureSink sink)
    {
        var final = scratch.Final ?? 0;
        var results = scratch.Results;
        sink.Add("unmarked_final", !scratch.IsMarked);
        sink.Add("final_fraction", Math.Abs(final - Math.Round(final)) > 1e-9);
        sink.Add("final_negative", final < 0);
        sink.Add("last_is_not_final", results.Count == 0 || !FeatureScratch.IsNear(results[^1], final));
        sink.Add("no_result_is_final", !HasNear(results, final));
        sink.Add("final_is_asked", scratch.Asked.Contains(final) || scratch.AskedInWords.Contains(final));
        sink.AddLog("final", final);
        var most = 0d;
        foreach (var number in scratch.Asked)
        {
            most = Math.Max(most, number);
        }

        sink.Add("final_ratio", Math.Log((1 + Math.Abs(final)) / (1 + most)));
    }

    private static bool HasNear(List<double> results, double final)
    {
        foreach (var result in results)
        {
            if (FeatureScratch.IsNear(result, final))
            {
                return true;
            }
        }

        return false;
    }

    private static void Usage(FeatureScratch scratch, ref FeatureSink sink)
    {
        var (unused, unusedWords, unusedResults) = (0, 0, 0);
        foreach (var number in scratch.Asked)
        {
            unused += scratch.IsUsed(number) ? 0 : 1;
        }

        foreach (var number in scratch.AskedInWords)
        {
            unusedWords += scratch.IsUsed(number) ? 0 : 1;
        }

        foreach (var result in scratch.Results)
        {
            unusedResults +=
                scratch.Operands.Contains(result) || FeatureScratch.IsNear(result, scratch.Final ?? 0) ? 0 : 1;
        }

        sink.AddLog("asked", scratch.Asked.Count);
        sink.AddLog("asked_in_words", scratch.AskedInWords.Count);
        sink.Add("unused", Math.Min(3, unused));
        sink.Add("unused_share", scratch.Asked.Count == 0 ? 0 : (double)unused / scratch.Asked.Count);
        sink.Add("unused_words", Math.Min(3, unusedWords));
        sink.Add("foreign", Math.Min(4, scratch.Foreign));
        sink.Add("foreign_share", scratch.OperandCount == 0 ? 0 : (double)scratch.Foreign / scratch.OperandCount);
        sink.Add("unused_results", Math.Min(4, unusedResults));
        sink.Add("any_unused_result", unusedResults > 0);
        sink.Add("steps_over_numbers", scratch.Results.Count - scratch.Asked.Count - scratch.AskedInWords.Count);
        sink.Add("steps", scratch.Results.Count);
        sink.Add("fraction", scratch.HasFraction);
    }
}
