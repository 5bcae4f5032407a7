namespace Wye.Simulator.Wire;

/// <summary>An error before a dialect words it. Type and message null: the dialect's usual ones for the status.</summary>
internal sealed record WireError(
    int Status,
    string? Message = null,
    string? Type = null,
    string? Code = null,
    string? Parameter = null
)
{
    public static WireError BadJson { get; } =
        new(
            400,
            "We could not parse the JSON body of your request. (HINT: This likely means you aren't using your HTTP library correctly.)"
        );

    public static WireError Missing(string parameter) =>
        new(400, $"Missing required parameter: '{parameter}'.", null, "missing_required_parameter", parameter);

    public static WireError Invalid(string parameter, string message) =>
        new(400, message, null, "invalid_value", parameter);

    public static WireError UnknownModel(string model) =>
        new(404, $"The model `{model}` does not exist or you do not have access to it.", null, "model_not_found");

    public static WireError BadKey { get; } =
        new(401, "Incorrect API key provided.", "invalid_request_error", "invalid_api_key");

    public static WireError UnknownUrl(string method, string path) =>
        new(404, $"Invalid URL ({method} {path})", null, "unknown_url");
}
