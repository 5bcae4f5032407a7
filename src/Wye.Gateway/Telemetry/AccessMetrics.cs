using System.Diagnostics.Metrics;
using Wye.Access;
using Wye.Access.Limits;
using Wye.Hosting.Telemetry;

namespace Wye.Gateway.Telemetry;

/// <summary>Counts whom the outermost layers turned away, by a small set of reasons; never by key or address.</summary>
internal sealed class AccessMetrics
{
    private readonly Counter<long> _refused;
    private readonly Counter<long> _limited;

    public AccessMetrics(IMeterFactory meters)
    {
        var meter = meters.Create(new MeterOptions(WyeMetrics.MeterName));
        _refused = meter.CreateCounter<long>(
            "wye.auth.refused",
            unit: "{request}",
            description: "Requests whose key was refused, by reason"
        );
        _limited = meter.CreateCounter<long>(
            "wye.limits.refused",
            unit: "{request}",
            description: "Requests that a limit of their key refused, by limit"
        );
    }

    public void Refused(KeyVerdict verdict) =>
        Refused(
            verdict switch
            {
                KeyVerdict.Blocked => "blocked",
                KeyVerdict.Expired => "expired",
                _ => "unknown",
            }
        );

    public void Refused(string reason) => _refused.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void Limited(LimitKind limit) =>
        _limited.Add(
            1,
            new KeyValuePair<string, object?>(
                "limit",
                limit switch
                {
                    LimitKind.Requests => "requests",
                    LimitKind.Tokens => "tokens",
                    _ => "concurrency",
                }
            )
        );
}
