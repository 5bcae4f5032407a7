using System.Globalization;

namespace Wye.Cli.Learning.Reports;

/// <summary>One axis of a chart: from values to pixels, with round ticks.</summary>
internal sealed class Axis
{
    private readonly double _from;
    private readonly double _to;
    private readonly double _start;
    private readonly double _end;
    private readonly bool _logarithmic;

    /// <summary>Maps from..to onto start..end pixels.</summary>
    public Axis(double from, double to, double start, double end, bool logarithmic = false)
    {
        _logarithmic = logarithmic;
        _from = logarithmic ? Math.Log10(from) : from;
        _to = logarithmic ? Math.Log10(to) : to;
        if (_to - _from < 1e-9)
            (_from, _to) = (_from - 0.5, _to + 0.5);
        (_start, _end) = (start, end);
    }

    /// <summary>Pixel of a value, clipped to a little beyond the ends.</summary>
    public double At(double value)
    {
        double v = _logarithmic ? Math.Log10(Math.Max(value, 1e-12)) : value;
        double share = Math.Clamp((v - _from) / (_to - _from), -0.02, 1.02);
        return _start + (share * (_end - _start));
    }

    /// <summary>Round values inside the range.</summary>
    public IReadOnlyList<double> Ticks(int about = 6) => _logarithmic ? Decades() : Linear(about);

    /// <summary>A tick as text.</summary>
    public static string Text(double value) =>
        value == 0 ? "0"
        : Math.Abs(value) >= 1000 ? value.ToString("#,0", CultureInfo.InvariantCulture)
        : value.ToString("0.######", CultureInfo.InvariantCulture);

    private List<double> Linear(int about)
    {
        double raw = (_to - _from) / about;
        double power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        double step =
            power
            * (raw / power) switch
            {
                <= 1.2 => 1,
                <= 2.4 => 2,
                <= 6 => 5,
                _ => 10,
            };
        var ticks = new List<double>();
        for (double t = Math.Ceiling((_from / step) - 1e-9) * step; t <= _to + (step * 1e-6); t += step)
            ticks.Add(Math.Round(t, 10));
        return ticks;
    }

    private List<double> Decades()
    {
        var ticks = new List<double>();
        double[] mantissas = _to - _from > 2.2 ? [1] : [1, 2, 5];
        for (int decade = (int)Math.Floor(_from); decade <= (int)Math.Ceiling(_to); decade++)
        {
            foreach (double mantissa in mantissas)
            {
                double value = mantissa * Math.Pow(10, decade);
                double log = Math.Log10(value);
                if (log >= _from - 1e-9 && log <= _to + 1e-9)
                    ticks.Add(value);
            }
        }

        return ticks;
    }
}
