using System.Globalization;
using System.Runtime.InteropServices;

namespace Wye.Learning.Evaluation;

/// <summary>One measured value with its 95 % interval; NaN where it is not defined.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Figure(double Value, double Low, double High)
{
    public override string ToString() =>
        !double.IsFinite(Value) ? "–"
        : double.IsFinite(Low) ? $"{Text(Value)} [{Text(Low)}, {Text(High)}]"
        : Text(Value);

    /// <summary>Three decimals; a dash where it is not defined, and no minus before a zero.</summary>
    public static string Text(double value) =>
        double.IsFinite(value)
            ? (Math.Abs(value) < 0.0005 ? 0 : value).ToString("F3", CultureInfo.InvariantCulture)
            : "–";
}
