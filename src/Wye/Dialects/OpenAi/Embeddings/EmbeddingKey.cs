namespace Wye.Dialects.OpenAi.Embeddings;

/// <summary>Top-level members of an embeddings request that are read; the value is the bit by which duplicates are seen.</summary>
internal enum EmbeddingKey
{
    Unknown,
    Refused,
    Model,
    Input,
    Dimensions,
    EncodingFormat,
    User,
}
