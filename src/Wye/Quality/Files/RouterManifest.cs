namespace Wye.Quality.Files;

/// <summary>What a router file says about itself.</summary>
internal sealed record RouterManifest
{
    /// <summary>One set the router learned from.</summary>
    /// <param name="Name">Name of the set.</param>
    /// <param name="Hash">SHA-256 over its files, lower-case hex.</param>
    /// <param name="Questions">Questions used for training.</param>
    /// <param name="Models">Models with answers.</param>
    internal sealed record Source(string Name, string Hash, int Questions, int Models);

    /// <summary>Name of the router.</summary>
    public required string Name { get; init; }

    /// <summary>Hash of the file's estimators and tensors, 16 hex digits; the same under another name or threshold. Empty = not from a file.</summary>
    public string Identity { get; init; } = "";

    /// <summary>Seed of training.</summary>
    public required ulong Seed { get; init; }

    /// <summary>Labelled questions trained on.</summary>
    public required int Labels { get; init; }

    /// <summary>Sets learned from.</summary>
    public required IReadOnlyList<Source> Sources { get; init; }

    /// <summary>SHA-256 over the sorted question keys of the guard split; empty when none was carved.</summary>
    public string Guard { get; init; } = "";

    /// <summary>
    /// Whether on the guard split the router beat the best constant model and the random mix at equal cost, the 95 %
    /// interval excluding zero.
    /// </summary>
    public bool Champion { get; init; }

    /// <summary>Whether the guard split was enough to judge the router.</summary>
    public bool WasJudged => Metrics.ContainsKey("guard.questions");

    /// <summary>Threshold on the gain head from threshold calibration; null before it.</summary>
    public double? Threshold { get; init; }

    /// <summary>What the threshold was calibrated for, in words; empty before.</summary>
    public string Target { get; init; } = "";

    /// <summary>The sample threshold calibration saw; null before it.</summary>
    public RouterCalibration? Calibration { get; init; }

    /// <summary>Measured figures by name.</summary>
    public IReadOnlyDictionary<string, double> Metrics { get; init; } =
        new Dictionary<string, double>(StringComparer.Ordinal);
}
