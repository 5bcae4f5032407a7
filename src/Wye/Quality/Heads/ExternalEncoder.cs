namespace Wye.Quality.Heads;

/// <summary>The outside embeddings a router was trained on; it can decide by no others.</summary>
/// <param name="Model">Name of the embedding model.</param>
/// <param name="Dimensions">Length of its vectors.</param>
/// <param name="Shortened">Whether that length must be asked for.</param>
internal sealed record ExternalEncoder(string Model, int Dimensions, bool Shortened);
