namespace Wye.Simulator.Wire;

/// <summary>An error as a dialect writes it. Type and message null: the dialect's usual ones for the status.</summary>
/// <param name="Status">HTTP status; inside a stream only the source of the usual type.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Type">The dialect's error type.</param>
/// <param name="Code">The dialect's error code, where it has one.</param>
/// <param name="Parameter">The field that is wrong, where the dialect names it apart.</param>
internal sealed record WireError(
    int Status,
    string? Message = null,
    string? Type = null,
    string? Code = null,
    string? Parameter = null
)
{
    public static WireError Missing(string parameter) =>
        new(400, $"Missing required parameter: '{parameter}'.", null, "missing_required_parameter", parameter);

    public static WireError Invalid(string parameter, string message) =>
        new(400, message, null, "invalid_value", parameter);

    public static WireError UnknownUrl(string method, string path) =>
        new(404, $"Invalid URL ({method} {path})", null, "unknown_url");
}
