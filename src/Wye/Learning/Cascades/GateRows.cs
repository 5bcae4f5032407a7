using Wye.Gates;
using Wye.Gates.Features;

namespace Wye.Learning.Cascades;

/// <summary>Features of answers, as a learned gate will see them. Row-major.</summary>
internal static class GateRows
{
    /// <summary>Number of features.</summary>
    public static int Width => AnswerFeatures.Names.Count;

    /// <summary>Features of every answer of a set. [answers × width].</summary>
    public static float[] Of(AnsweredSet set)
    {
        float[] rows = new float[set.Rows.Length * Width];
        var view = new AnswerView();
        var scratch = new FeatureScratch();
        Span<float> values = stackalloc float[AnswerFeatures.MostFeatures];
        for (int i = 0; i < set.Rows.Length; i++)
        {
            view.Load(set.Prompt(i), set.Answers[i]);
            int count = AnswerFeatures.Write(view, scratch, values);
            values[..count].CopyTo(rows.AsSpan(i * Width, Width));
        }

        return rows;
    }
}
