namespace Wye.Routing.Selection.Learned;

/// <summary>The numbers an objective decides by, as they hold for one request.</summary>
internal readonly record struct ObjectiveTerms
{
    /// <summary>Quality bar, 0..1.</summary>
    public double Bar { get; init; }

    /// <summary>Threshold on <see cref="Gain"/>.</summary>
    public double Threshold { get; init; }

    /// <summary>Expected gain of strong over weak.</summary>
    public double Gain { get; init; }

    /// <summary>Number of the weak candidate.</summary>
    public int Weak { get; init; }

    /// <summary>Number of the strong candidate.</summary>
    public int Strong { get; init; }

    /// <summary>Quality per USD.</summary>
    public double Lambda { get; init; }

    /// <summary>Sliders.</summary>
    public Preference Prefer { get; init; }
}
