using System.Collections.Concurrent;
using System.Diagnostics;
using Wye.Hosting.Telemetry;

namespace Wye.Gateway.Telemetry;

/// <summary>Listens to Wye's spans. Other tests of the process make spans too: ask for those of one trace.</summary>
internal sealed class SpanRecorder : IDisposable
{
    private readonly ConcurrentQueue<Activity> _spans = new();
    private readonly ActivityListener _listener;

    public SpanRecorder()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == WyeActivitySource.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _spans.Enqueue,
        };
        ActivitySource.AddActivityListener(_listener);
    }

    public IReadOnlyList<Activity> All => [.. _spans];

    /// <summary>The span of a request and those of its calls, in order.</summary>
    public (Activity Request, IReadOnlyList<Activity> Calls) Of(string requestId)
    {
        var request = _spans.Single(span => Equals(span.GetTagItem("wye.request_id"), requestId));
        return (
            request,
            [.. _spans.Where(span => span.ParentSpanId == request.SpanId).OrderBy(span => span.StartTimeUtc)]
        );
    }

    public void Dispose() => _listener.Dispose();
}
