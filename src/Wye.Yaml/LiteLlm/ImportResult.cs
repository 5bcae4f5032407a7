using System.Collections.Immutable;

namespace Wye.Yaml.LiteLlm;

/// <summary>What came of an import.</summary>
/// <param name="Yaml">The text of <c>wye.yaml</c>; null = the foreign file could not be read, and the notes say why.</param>
/// <param name="Notes">What could not be carried as it stands, in the order of the foreign file.</param>
public sealed record ImportResult(string? Yaml, ImmutableArray<ImportNote> Notes);
