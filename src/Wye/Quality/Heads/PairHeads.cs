namespace Wye.Quality.Heads;

/// <summary>Gain of strong over weak as a head of its own; its first head is the gain.</summary>
/// <param name="Weak">Name of the weak model.</param>
/// <param name="Strong">Name of the strong model.</param>
/// <param name="Group">Heads: gain, weak's quality, strong's quality.</param>
internal sealed record PairHeads(string Weak, string Strong, HeadGroup Group);
