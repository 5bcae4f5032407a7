using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Wye.Hosting.Telemetry;

namespace Wye.Gateway.Telemetry;

/// <summary>
/// Sends spans and metrics over OTLP when <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> is set; else does nothing. Disposing it sends what
/// is left.
/// </summary>
internal sealed class OtlpExport : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    // The exporter and the SDK read these; they come from the host's environment, which need not be the process's.
    private static readonly string[] Variables =
    [
        Endpoint,
        "OTEL_EXPORTER_OTLP_PROTOCOL",
        "OTEL_EXPORTER_OTLP_HEADERS",
        "OTEL_EXPORTER_OTLP_TIMEOUT",
        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT",
        "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL",
        "OTEL_EXPORTER_OTLP_TRACES_HEADERS",
        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT",
        "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL",
        "OTEL_EXPORTER_OTLP_METRICS_HEADERS",
        "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
        "OTEL_METRIC_EXPORT_INTERVAL",
        "OTEL_METRIC_EXPORT_TIMEOUT",
        "OTEL_BSP_SCHEDULE_DELAY",
        "OTEL_BSP_MAX_QUEUE_SIZE",
        "OTEL_BSP_MAX_EXPORT_BATCH_SIZE",
        "OTEL_RESOURCE_ATTRIBUTES",
        "OTEL_SERVICE_NAME",
        "OTEL_TRACES_SAMPLER",
        "OTEL_TRACES_SAMPLER_ARG",
    ];

    private readonly TracerProvider? _traces;
    private readonly MeterProvider? _metrics;

    private OtlpExport(TracerProvider? traces, MeterProvider? metrics)
    {
        _traces = traces;
        _metrics = metrics;
    }

    /// <summary>Whether anything is exported.</summary>
    public bool IsOn => _traces is not null;

    /// <summary>Starts to export if the environment says where to.</summary>
    public static OtlpExport Start(Func<string, string?> environment)
    {
        if (string.IsNullOrWhiteSpace(environment(Endpoint)))
        {
            return new OtlpExport(traces: null, metrics: null);
        }

        var settings = new ConfigurationBuilder()
            .AddInMemoryCollection(Variables.Select(name => KeyValuePair.Create(name, environment(name))))
            .Build();
        var traces = Sdk.CreateTracerProviderBuilder()
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(settings))
            .ConfigureResource(Describe)
            .AddSource(WyeActivitySource.Name)
            .AddOtlpExporter()
            .Build();
        var metrics = Sdk.CreateMeterProviderBuilder()
            .ConfigureServices(services => services.AddSingleton<IConfiguration>(settings))
            .ConfigureResource(Describe)
            .AddMeter(WyeMetrics.MeterName)
            .AddOtlpExporter()
            .Build();
        return new OtlpExport(traces, metrics);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }

    // What the environment says comes later and wins.
    private static void Describe(ResourceBuilder resource) =>
        resource
            .Clear()
            .AddService("wye", serviceVersion: typeof(OtlpExport).Assembly.GetName().Version?.ToString(3))
            .AddTelemetrySdk()
            .AddEnvironmentVariableDetector();
}
