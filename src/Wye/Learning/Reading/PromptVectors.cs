using Wye.Quality.Heads;

namespace Wye.Learning.Reading;

/// <summary>Outside embeddings of prompts, as <see cref="VectorFile"/> keeps them.</summary>
/// <param name="source">Where they were read, for complaints.</param>
/// <param name="encoder">Whose they are.</param>
/// <param name="vectors">By <see cref="VectorFile.KeyOf"/>.</param>
internal sealed class PromptVectors(
    string source,
    ExternalEncoder encoder,
    IReadOnlyDictionary<UInt128, float[]> vectors
)
{
    /// <summary>Whose they are.</summary>
    public ExternalEncoder Encoder => encoder;

    /// <summary>Number of texts.</summary>
    public int Count => vectors.Count;

    /// <summary>A set whose questions carry their vectors.</summary>
    /// <exception cref="InvalidDataException">Some question has none.</exception>
    public LabelledSet AddTo(LabelledSet set)
    {
        int missing = 0;
        LabelledQuery[] queries =
        [
            .. set.Queries.Select(query =>
            {
                float[]? vector = vectors.GetValueOrDefault(VectorFile.KeyOf(query.Prompt));
                missing += vector is null ? 1 : 0;
                return query with { Embedding = vector };
            }),
        ];
        return missing == 0
            ? set.With(queries)
            : throw new InvalidDataException(
                $"{missing} of {queries.Length} questions of '{set.Name}' have no vector in '{source}'. Add them: wye embed --data … --model {encoder.Model} --out {source}"
            );
    }
}
