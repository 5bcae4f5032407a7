using System.Diagnostics.Metrics;
using Wye.Primitives;

namespace Wye.Hosting.Telemetry;

/// <summary>Counts judgements on the meter <c>Wye</c>. Thread-safe.</summary>
internal sealed class FeedbackCount : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<long> _judgements;

    public FeedbackCount(IMeterFactory? meters = null)
    {
        _meter = meters?.Create(new MeterOptions(WyeMetrics.MeterName)) ?? new Meter(WyeMetrics.MeterName);
        _judgements = _meter.CreateCounter<long>(
            "wye.feedback",
            "{judgement}",
            "Judgements of answers by model, and whether they correct the learned router."
        );
    }

    public void Add(ModelId model, bool taught) =>
        _judgements.Add(1, new("model", model.Value), new("taught", taught ? "true" : "false"));

    /// <inheritdoc/>
    public void Dispose() => _meter.Dispose();
}
