using Wye.Simulator.Billing;
using Wye.Simulator.Models;

namespace Wye.Simulator;

/// <summary>How a Simulator behaves; immutable once it has started.</summary>
public sealed record SimulatorOptions
{
    /// <summary>Seed of every draw. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The models played; any other name is 404. Default <see cref="BuiltInModels.All"/>.</summary>
    public IReadOnlyList<SimulatedModel> Models { get; init; } = BuiltInModels.All;

    /// <summary>Rated prompts, text to difficulty in 0..1. Default none.</summary>
    public IReadOnlyDictionary<string, double> Difficulties { get; init; } =
        new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary>
    /// Share of wrong answers that show it: prose with a sum that does not add up, JSON that does not end. The others are wrong
    /// without a sign. Drawn from the seed. 0..1, default 0: no answer shows its working.
    /// </summary>
    public double FlawShare { get; init; }

    /// <summary>Port on the loopback address; 0 (default): a free one.</summary>
    public int Port { get; init; }

    /// <summary>Clock of all times, delays and stalls. Default the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Factor on the models' latencies, at least 0. Default 0: answers come as fast as the machine allows.</summary>
    public double LatencyScale { get; init; }

    /// <summary>Keys accepted as bearer token or <c>x-api-key</c>; null (default): any caller.</summary>
    public IReadOnlySet<string>? ApiKeys { get; init; }

    /// <summary>What callers pay who hang up. Default <see cref="CancelBilling.UpToThere"/>.</summary>
    public CancelBilling CancelBilling { get; init; } = CancelBilling.UpToThere;

    /// <summary>Output tokens per streamed chunk, at least 1. Default 4.</summary>
    public int TokensPerChunk { get; init; } = 4;

    /// <summary>How long a prompt prefix stays cached after its last use. Default 5 minutes.</summary>
    public TimeSpan PromptCacheLifetime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Largest request body in bytes. Default 64 MiB.</summary>
    public int MaxBodyBytes { get; init; } = 64 << 20;

    /// <summary>True to serve <c>/sim/*</c>: bill, truth and faults over HTTP, without a key. Default false.</summary>
    public bool AdminFace { get; init; }

    internal static void Check(SimulatorOptions options)
    {
        var complaint =
            options.FlawShare is not (>= 0 and <= 1) ? "FlawShare lies in 0..1."
            : options.LatencyScale is not >= 0 ? "LatencyScale must be at least 0."
            : options.TokensPerChunk < 1 ? "TokensPerChunk must be at least 1."
            : options.Models.Count == 0 ? "Models must name at least one model."
            : null;
        if (complaint is not null)
        {
            throw new ArgumentException(complaint, nameof(options));
        }
    }
}
