namespace Wye.Routing.Selection;

/// <summary>Points, and what the largest of them were given for.</summary>
internal struct DifficultyTally
{
    // Largest first; of equal ones the earlier. Without a cause there is none.
    private (string? Cause, double Value) _first;
    private (string? Cause, double Value) _second;
    private (string? Cause, double Value) _third;
    private double _sum;

    /// <summary>The sum, held to 0..1.</summary>
    public readonly double Difficulty => Math.Clamp(_sum, 0, 1);

    public void Add(string cause, double points)
    {
        if (points == 0)
        {
            return;
        }

        _sum += points;
        var size = Math.Abs(points);
        if (size > Math.Abs(_first.Value))
        {
            (_first, _second, _third) = ((cause, points), _first, _second);
        }
        else if (size > Math.Abs(_second.Value))
        {
            (_second, _third) = ((cause, points), _second);
        }
        else if (size > Math.Abs(_third.Value))
        {
            _third = (cause, points);
        }
    }

    /// <summary>Writes the largest contributions, largest first.</summary>
    public readonly void WriteBiggest(ref LineBuilder line)
    {
        Write(ref line, "", _first);
        Write(ref line, ", ", _second);
        Write(ref line, ", ", _third);
    }

    private static void Write(ref LineBuilder line, string before, in (string? Cause, double Value) points)
    {
        if (points.Cause is null)
        {
            return;
        }

        line.Add(before);
        line.Add(points.Cause);
        line.Add(points.Value < 0 ? " " : " +");
        line.Add(points.Value);
    }
}
