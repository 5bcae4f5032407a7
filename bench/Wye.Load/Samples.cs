using System.Globalization;

namespace Wye.Load;

/// <summary>Measured times. Prints one <c>key=value</c> line per figure.</summary>
internal sealed class Samples
{
    private readonly List<double> _microseconds = new(1 << 20);

    public void Add(double microseconds) => _microseconds.Add(microseconds);

    public void Print(string name)
    {
        _microseconds.Sort();
        Print($"{name}_p50_us", At(0.50));
        Print($"{name}_p99_us", At(0.99));
    }

    public static void Print(string name, double value) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}={value:0.###}"));

    private double At(double quantile) =>
        _microseconds.Count == 0
            ? double.NaN
            : _microseconds[Math.Min((int)(quantile * _microseconds.Count), _microseconds.Count - 1)];
}
