namespace Wye.Routing.Selection.Learned;

/// <summary>What would have changed a choice.</summary>
/// <param name="Setting">The setting, e.g. <c>quality</c>.</param>
/// <param name="Above">Whether from this value upwards; false = downwards.</param>
/// <param name="Value">Where the choice turns.</param>
/// <param name="Candidate">Number of the candidate chosen there.</param>
internal readonly record struct ChoiceChange(string Setting, bool Above, double Value, int Candidate);
