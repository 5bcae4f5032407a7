using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text;

namespace Wye.Gateway.Metrics;

/// <summary>Listens to Wye's meters and renders them in the Prometheus text format, version 0.0.4.</summary>
internal sealed class PrometheusPage : IDisposable
{
    private static readonly double[] SecondsBounds =
    [
        0.000_01,
        0.000_1,
        0.001,
        0.005,
        0.01,
        0.025,
        0.05,
        0.1,
        0.25,
        0.5,
        1,
        2.5,
        5,
        10,
        30,
        60,
        300,
    ];

    private static readonly double[] CountBounds = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000];

    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<Instrument, SeriesTable> _tables = new();

    /// <summary>A page of the meters of that name that the host's factory made: hosts of one process have a page each.</summary>
    public PrometheusPage(string meterName, IMeterFactory meters)
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meterName && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument, _tables.GetOrAdd(instrument, MakeTable));
            }
        };
        _listener.SetMeasurementEventCallback<double>(static (i, value, tags, table) => Take(i, value, tags, table));
        _listener.SetMeasurementEventCallback<long>(static (i, value, tags, table) => Take(i, value, tags, table));
        _listener.SetMeasurementEventCallback<int>(static (i, value, tags, table) => Take(i, value, tags, table));
        _listener.Start();
    }

    public string Render()
    {
        _listener.RecordObservableInstruments();
        var page = new StringBuilder(16 * 1024);
        foreach (var table in _tables.Values.OrderBy(each => each.Instrument.Name, StringComparer.Ordinal))
        {
            Render(table, page);
        }

        return page.ToString();
    }

    public void Dispose() => _listener.Dispose();

    private static SeriesTable MakeTable(Instrument instrument) =>
        new(
            instrument,
            !IsHistogram(instrument)
                ? []
                : AdvisedBounds(instrument) ?? (instrument.Unit == "s" ? SecondsBounds : CountBounds)
        );

    private static double[]? AdvisedBounds(Instrument instrument) =>
        instrument switch
        {
            Histogram<double> { Advice.HistogramBucketBoundaries: { } bounds } => [.. bounds],
            Histogram<long> { Advice.HistogramBucketBoundaries: { } bounds } =>
            [
                .. bounds.Select(bound => (double)bound),
            ],
            _ => null,
        };

    private static bool IsHistogram(Instrument instrument) =>
        instrument is Histogram<double> or Histogram<long> or Histogram<int>;

    private static bool IsGauge(Instrument instrument) =>
        instrument.IsObservable && instrument.GetType().Name.StartsWith("ObservableGauge", StringComparison.Ordinal);

    private static void Take(
        Instrument instrument,
        double value,
        ReadOnlySpan<KeyValuePair<string, object?>> tags,
        object? table
    )
    {
        var series = ((SeriesTable)table!).For(tags);
        if (instrument.IsObservable)
        {
            series.Set(value);
        }
        else
        {
            series.Add(value);
        }
    }

    private static void Render(SeriesTable table, StringBuilder page)
    {
        var instrument = table.Instrument;
        var histogram = IsHistogram(instrument);
        var gauge = IsGauge(instrument);
        var name = Name(instrument, counter: !histogram && !gauge);
        page.Append("# HELP ").Append(name).Append(' ').Append(instrument.Description ?? instrument.Name).Append('\n');
        page.Append("# TYPE ")
            .Append(name)
            .Append(
                histogram ? " histogram\n"
                : gauge ? " gauge\n"
                : " counter\n"
            );
        Span<long> buckets = stackalloc long[table.Bounds.Length];
        foreach (var series in table.Snapshot())
        {
            var (sum, count) = series.Read(buckets);
            if (!histogram)
            {
                Line(page, name, "", series, null, sum);
                continue;
            }

            var below = 0L;
            for (var i = 0; i < buckets.Length; i++)
            {
                below += buckets[i];
                Line(page, name, "_bucket", series, table.Bounds[i].ToString(CultureInfo.InvariantCulture), below);
            }

            Line(page, name, "_bucket", series, "+Inf", count);
            Line(page, name, "_sum", series, null, sum);
            Line(page, name, "_count", series, null, count);
        }
    }

    private static string Name(Instrument instrument, bool counter)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            "{usd}" => "_usd",
            _ => "",
        };
        return instrument.Name.Replace('.', '_').Replace('-', '_') + unit + (counter ? "_total" : "");
    }

    private static void Line(StringBuilder page, string name, string suffix, Series series, string? le, double value)
    {
        page.Append(name).Append(suffix);
        if (series.Tags.Length > 0 || le is not null)
        {
            page.Append('{');
            var first = true;
            foreach (var (key, tag) in series.Tags)
            {
                page.Append(first ? "" : ",").Append(key.Replace('.', '_')).Append("=\"");
                Escape(page, Convert.ToString(tag, CultureInfo.InvariantCulture) ?? "");
                page.Append('"');
                first = false;
            }

            if (le is not null)
            {
                page.Append(first ? "" : ",").Append("le=\"").Append(le).Append('"');
            }

            page.Append('}');
        }

        page.Append(' ').Append(value.ToString("R", CultureInfo.InvariantCulture)).Append('\n');
    }

    private static void Escape(StringBuilder page, string text)
    {
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => page.Append("\\\\"),
                '"' => page.Append("\\\""),
                '\n' => page.Append("\\n"),
                _ => page.Append(c),
            };
        }
    }
}
