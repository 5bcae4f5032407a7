namespace Wye.Routing.Selection.Learned;

/// <summary>Sliders that sum to 1.</summary>
/// <param name="Quality">Weight of expected quality.</param>
/// <param name="Cost">Weight of being cheap.</param>
/// <param name="Speed">Weight of being fast.</param>
internal readonly record struct Preference(double Quality, double Cost, double Speed)
{
    /// <summary>A tenfold price is worth 6 points of quality.</summary>
    public static Preference Default { get; } = new(0.85, 0.10, 0.05);

    /// <summary>Half of what the other sliders have goes to the one a caller names; any other name changes nothing.</summary>
    public Preference Towards(string? name) =>
        name switch
        {
            "quality" => new(Quality + ((Cost + Speed) / 2), Cost / 2, Speed / 2),
            "cost" => new(Quality / 2, Cost + ((Quality + Speed) / 2), Speed / 2),
            "speed" => new(Quality / 2, Cost / 2, Speed + ((Quality + Cost) / 2)),
            _ => this,
        };
}
