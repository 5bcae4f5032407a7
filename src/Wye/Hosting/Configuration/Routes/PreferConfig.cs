namespace Wye.Hosting.Configuration.Routes;

/// <summary>Sliders of the objective <c>utility</c> as written under a route's <c>prefer</c>; they sum to 1.</summary>
/// <param name="Quality">Weight of expected quality; null = 0.</param>
/// <param name="Cost">Weight of being cheap; null = 0.</param>
/// <param name="Speed">Weight of being fast; null = 0.</param>
public sealed record PreferConfig(double? Quality, double? Cost, double? Speed);
