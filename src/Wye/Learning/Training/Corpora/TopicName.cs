namespace Wye.Learning.Training.Corpora;

/// <summary>Brings the topic labels of several sets to one form: the last part of a path, lower case.</summary>
internal static class TopicName
{
    public static string Of(string topic)
    {
        int slash = topic.LastIndexOf('/');
        string leaf =
            slash >= 0 && slash + 1 < topic.Length && char.IsAsciiLetter(topic[slash + 1])
                ? topic[(slash + 1)..]
                : topic;
        const string original = "ori_mmlu-";
        if (leaf.StartsWith(original, StringComparison.Ordinal))
            leaf = leaf[original.Length..];
        return leaf.ToLowerInvariant();
    }
}
