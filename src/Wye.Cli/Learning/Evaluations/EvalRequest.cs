using Wye.Learning.Evaluation;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>What <c>wye eval</c> was asked for.</summary>
internal sealed record EvalRequest
{
    /// <summary>Folders, or with <see cref="RouteLlm"/> checkouts, to measure on.</summary>
    public required string[] Data { get; init; }

    /// <summary>Whether <see cref="Data"/> are RouteLLM checkouts.</summary>
    public bool RouteLlm { get; init; }

    /// <summary>Further sets to learn from.</summary>
    public string[] LearnFrom { get; init; } = [];

    /// <summary>File of model names over sets; null for none.</summary>
    public string? Names { get; init; }

    /// <summary>File of outside embeddings; null for none.</summary>
    public string? Embeddings { get; init; }

    /// <summary>Router file; null trains in folds.</summary>
    public string? Router { get; init; }

    /// <summary>Parts of the stack to measure alone, the first as the measured router; empty for the blend.</summary>
    public string[] Estimators { get; init; } = [];

    /// <summary>Weak and strong; null for a pool.</summary>
    public (string Weak, string Strong)? Pair { get; init; }

    /// <summary>Models of a pool; empty when none was named.</summary>
    public string[] Pool { get; init; } = [];

    /// <summary>Folds, label budget, seed.</summary>
    public required SplitPlan Plan { get; init; }

    /// <summary>Quality an answer must have, for the violation rate.</summary>
    public double Bar { get; init; } = 0.5;

    /// <summary>Share of strong calls at which a pair's choices are shown; null for the calibrated one, else a half.</summary>
    public double? StrongShare { get; init; }

    /// <summary>Measure on the guard split only, after proof that it is unseen.</summary>
    public bool Guard { get; init; }

    /// <summary>Also measure how many choices stay when prompts are reworded harmlessly.</summary>
    public bool Perturb { get; init; }

    /// <summary>JSON file; null for none.</summary>
    public string? JsonFile { get; init; }

    /// <summary>JSON on standard output, and nothing else.</summary>
    public bool JsonOnOutput { get; init; }

    /// <summary>File for one JSON line per question; null for none.</summary>
    public string? Predictions { get; init; }

    /// <summary>HTML file; null for none.</summary>
    public string? Report { get; init; }
}
