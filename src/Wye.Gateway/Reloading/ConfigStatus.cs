using System.Collections.Immutable;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Gateway.Reloading;

/// <summary>Which configuration is in force, and what came of the last try to change it. Immutable.</summary>
internal sealed record ConfigStatus
{
    /// <summary>Version in force; 1 = as started.</summary>
    public required long Version { get; init; }

    /// <summary>When that version came into force, UTC.</summary>
    public required DateTimeOffset LoadedAt { get; init; }

    /// <summary>When loading was last tried, UTC.</summary>
    public required DateTimeOffset TriedAt { get; init; }

    /// <summary>What came of it.</summary>
    public required ReloadResult Result { get; init; }

    /// <summary>Errors and warnings of that try, what needs a restart among them.</summary>
    public required ImmutableArray<ConfigProblem> Problems { get; init; }
}
