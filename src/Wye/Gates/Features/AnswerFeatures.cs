namespace Wye.Gates.Features;

/// <summary>What a learned gate sees: form, arithmetic and provenance of an answer's numbers, wording of the question, token confidence.</summary>
/// <remarks>A change of order or meaning is a new <see cref="Version"/>: gates trained before are refused.</remarks>
internal static class AnswerFeatures
{
    /// <summary>Version of the features.</summary>
    public const int Version = 1;

    /// <summary>Room enough for all features.</summary>
    public const int MostFeatures = 128;

    /// <summary>Names, in order.</summary>
    public static IReadOnlyList<string> Names { get; } = ReadNames();

    /// <summary>Writes the features of an answer.</summary>
    /// <returns>Their number.</returns>
    public static int Write(AnswerView view, FeatureScratch scratch, Span<float> values)
    {
        var sink = new FeatureSink(values);
        Write(view, scratch, ref sink);
        return sink.Count;
    }

    private static void Write(AnswerView view, FeatureScratch scratch, ref FeatureSink sink)
    {
        FormFeatures.Write(view, ref sink);
        scratch.Read(view);
        NumberFeatures.Write(view, scratch, ref sink);
        WordingFeatures.Write(view, scratch, ref sink);
        ConfidenceFeatures.Write(view, ref sink);
    }

    private static List<string> ReadNames()
    {
        var names = new List<string>();
        var view = new AnswerView();
        view.Load("", "");
        var sink = new FeatureSink(stackalloc float[MostFeatures], names);
        Write(view, new FeatureScratch(), ref sink);
        return names;
    }
}
