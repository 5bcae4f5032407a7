using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wye.Gateway.Metrics;
using Wye.Hosting.Telemetry;

namespace Wye.Gateway.Telemetry;

/// <summary>What a gateway shows of itself: the metrics page, OTLP export, logs. Nothing leaves the process unless asked.</summary>
internal static class GatewayTelemetry
{
    /// <summary>Environment variable that lets calls to providers carry the caller's trace.</summary>
    public const string PassTraceVariable = "WYE_PASS_TRACE_UPSTREAM";

    /// <summary>Adds the page, the export and the log that were asked for.</summary>
    public static void Add(WebApplicationBuilder builder, GatewayHostOptions options)
    {
        builder.Logging.ClearProviders();
        if (options.Logging is { } logging)
        {
            // The server's own lines would repeat ours per request, and its errors show paths.
            builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore", LogLevel.None);
            logging(builder.Logging);
        }

        builder.Services.AddMetrics();
        builder.Services.AddSingleton(at => new PrometheusPage(
            WyeMetrics.MeterName,
            at.GetRequiredService<IMeterFactory>()
        ));
        builder.Services.AddSingleton(_ => OtlpExport.Start(options.Environment));
    }

    /// <summary>What the environment says of telemetry.</summary>
    public static TelemetryOptions Options(GatewayHostOptions options) =>
        new() { PassTraceUpstream = options.Environment(PassTraceVariable) is "1" or "true" };

    /// <summary>Begins to export.</summary>
    public static void Use(WebApplication app) => app.Services.GetRequiredService<OtlpExport>();
}
