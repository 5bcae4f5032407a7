namespace Wye.Quality.Routers;

/// <summary>What the cells of the neighbourhood table are about, for people.</summary>
/// <param name="Words">Typical words per cell, most typical first, separated by blanks; may be empty.</param>
/// <param name="Questions">Training questions per cell.</param>
internal sealed record CellTopics(IReadOnlyList<string> Words, int[] Questions);
