using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Caching;
using Wye.Simulator.Faults;
using Wye.Simulator.Models;
using Wye.Simulator.Truth;

namespace Wye.Simulator;

/// <summary>What all endpoints share.</summary>
internal sealed class SimulatorCore
{
    private long _calls;

    public SimulatorCore(SimulatorOptions options)
    {
        Options = options;
        Models = options.Models.ToDictionary(m => m.Name, StringComparer.Ordinal);
        Truth = new GroundTruth(options, Models);
        Cache = new PromptCache(options.Time, options.PromptCacheLifetime);
        Replies = new ReplyBuilder(Truth, Answers, options.FlawShare);
    }

    public SimulatorOptions Options { get; }

    public Dictionary<string, SimulatedModel> Models { get; }

    public Bill Bill { get; } = new();

    public CallLog Calls { get; } = new();

    public FaultScripts Faults { get; } = new();

    public AnswerScripts Answers { get; } = new();

    public GroundTruth Truth { get; }

    public PromptCache Cache { get; }

    public ReplyBuilder Replies { get; }

    public long NextNumber() => Interlocked.Increment(ref _calls);

    public void Record(SimulatedCall call, int status, FaultKind fault) =>
        Calls.Add(
            new CallRecord(
                call.Number,
                Options.Time.GetUtcNow(),
                call.ModelName,
                call.RequestId,
                call.Stream,
                status,
                fault
            )
        );

    /// <summary>Waits a model's latency, scaled.</summary>
    public Task PaceAsync(TimeSpan latency, CancellationToken cancellationToken)
    {
        var scaled = latency * Options.LatencyScale;
        return scaled <= TimeSpan.Zero ? Task.CompletedTask : Task.Delay(scaled, Options.Time, cancellationToken);
    }
}
