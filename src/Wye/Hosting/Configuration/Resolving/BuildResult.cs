using System.Collections.Immutable;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary>What came of a configuration.</summary>
/// <param name="Snapshot">The snapshot; null when there is an error.</param>
/// <param name="Problems">All errors and warnings, in the order of the file.</param>
public sealed record BuildResult(WyeSnapshot? Snapshot, ImmutableArray<ConfigProblem> Problems);
