namespace Wye.Access.Desk;

/// <summary>Why a change of a key was not made.</summary>
/// <param name="Kind">Of which sort.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Field">The field that is wrong; null = none in particular.</param>
public sealed record KeyRefusal(KeyRefusalKind Kind, string Message, string? Field = null);
