using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wye.Delivery;

namespace Wye.Hosting.Telemetry;

/// <summary>Writes one line per finished request at Information; the same facts are named values in structured logs.</summary>
internal sealed class RequestLog(SnapshotStore snapshots, ILogger<RequestLog>? logger = null) : IOutcomeObserver
{
    private readonly ILogger _logger = logger ?? (ILogger)NullLogger.Instance;

    /// <inheritdoc/>
    public void Observe(Outcome outcome)
    {
        if (!_logger.IsEnabled(LogLevel.Information))
        {
            return;
        }

        var request = outcome.Record.Request;
        _logger.RequestEnded(
            request.Id,
            RouteLabel.Of(request, snapshots.Current.Routing),
            request.Model?.Value ?? RouteLabel.None,
            request.Status,
            request.Failure is { } failure ? GenAi.Error(failure) : "ok",
            request.Cost.ToDollars(),
            Math.Round(request.TotalMilliseconds, 1),
            request.Attempts
        );
    }
}
