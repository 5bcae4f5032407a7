namespace Wye.Learning.Reading;

/// <summary>One question of a labelled set.</summary>
/// <param name="Id">Unique within the set.</param>
/// <param name="Task">Task label; never shown to a router at test time.</param>
/// <param name="Topic">Finest label known (task with subject, source or size); the same rule holds.</param>
/// <param name="Prompt">User turn.</param>
/// <param name="System">System prompt, or empty.</param>
/// <param name="Tools">Tool definitions as JSON, or empty.</param>
/// <param name="Key">Normalised question text; equal keys always fall on the same side of a split.</param>
internal sealed record LabelledQuery(
    string Id,
    string Task,
    string Topic,
    string Prompt,
    string System,
    string Tools,
    string Key
)
{
    /// <summary>Its prompt's outside embedding, of length 1; empty where none was read.</summary>
    public ReadOnlyMemory<float> Embedding { get; init; }
}
