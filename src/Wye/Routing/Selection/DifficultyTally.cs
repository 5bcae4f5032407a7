using System.Runtime.CompilerServices;

namespace Wye.Routing.Selection;

/// <summary>Points and what they were given for.</summary>
internal struct DifficultyTally
{
    private const int Capacity = 16;
    private const int Shown = 3;
    private Points _points;
    private int _count;
    private double _sum;

    /// <summary>The sum, held to 0..1.</summary>
    public readonly double Difficulty => Math.Clamp(_sum, 0, 1);

    public void Add(string cause, double points)
    {
        if (points == 0 || _count == Capacity)
        {
            return;
        }

        _points[_count++] = (cause, points);
        _sum += points;
    }

    /// <summary>Writes the largest contributions, largest first.</summary>
    public readonly void WriteBiggest(ref LineBuilder line)
    {
        var left = _points;
        for (var shown = 0; shown < Math.Min(Shown, _count); shown++)
        {
            var best = 0;
            for (var i = 1; i < _count; i++)
            {
                best = Math.Abs(left[i].Value) > Math.Abs(left[best].Value) ? i : best;
            }

            line.Add(shown == 0 ? "" : ", ");
            line.Add(left[best].Cause);
            line.Add(left[best].Value < 0 ? " " : " +");
            line.Add(left[best].Value);
            left[best] = ("", 0);
        }
    }

    [InlineArray(Capacity)]
    private struct Points
    {
        private (string Cause, double Value) _first;
    }
}
