using System.Runtime.InteropServices;

namespace Wye.Learning.Evaluation;

/// <summary>One measured value with its 95 % interval.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Figure(double Value, double Low, double High)
{
    public override string ToString() => FormattableString.Invariant($"{Value:F3} [{Low:F3}, {High:F3}]");
}
