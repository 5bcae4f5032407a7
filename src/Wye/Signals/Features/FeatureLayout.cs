namespace Wye.Signals.Features;

/// <summary>Sizes and limits of the hashed feature space; part of what a router file is trained for.</summary>
/// <remarks>Changing any value changes every feature: raise <see cref="Version"/> with it.</remarks>
internal static class FeatureLayout
{
    /// <summary>Version of the feature function; a router trained for another one is refused.</summary>
    public const int Version = 2;

    /// <summary>Buckets for word 1–2-grams: indices 0 to <c>WordBuckets − 1</c>.</summary>
    public const int WordBuckets = 1 << 16;

    /// <summary>Buckets for character 3–5-grams, after the word buckets.</summary>
    public const int CharBuckets = 1 << 16;

    /// <summary>Length of the whole hashed space.</summary>
    public const int Buckets = WordBuckets + CharBuckets;

    /// <summary>Number of scalar features; see <see cref="ScalarFeature"/>.</summary>
    public const int Scalars = (int)ScalarFeature.Count;

    /// <summary>Bytes read from the start of a long text.</summary>
    public const int HeadBytes = 6 * 1024;

    /// <summary>Bytes read from the end of a long text.</summary>
    public const int TailBytes = 2 * 1024;

    /// <summary>Weight of one n-gram of the system prompt; one of the user turn counts 1.</summary>
    public const float SystemWeight = 0.3f;

    /// <summary>Weight of one n-gram of a tool's name.</summary>
    public const float ToolsWeight = 0.5f;

    /// <summary>Number of word buckets among those of a text, which stand before the others.</summary>
    public static int WordsIn(ReadOnlySpan<int> buckets)
    {
        int low = 0;
        int high = buckets.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (buckets[middle] < WordBuckets)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }
}
