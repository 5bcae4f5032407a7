using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.Extensions.AI;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>Values of callers that become JSON text: arguments and results of functions.</summary>
internal static class ContentJson
{
    /// <summary>Arguments of a call as the JSON text the wire carries.</summary>
    public static string Arguments(FunctionCallContent call) =>
        call.Arguments is { Count: > 0 } arguments
            ? JsonSerializer.Serialize(arguments, TypeOf<IDictionary<string, object?>>())
            : "{}";

    /// <summary>The result of a call; a text stands for itself.</summary>
    public static string Result(FunctionResultContent result) =>
        result.Result switch
        {
            null => result.Exception is null ? "" : "Error: the function failed.",
            string text => text,
            JsonElement { ValueKind: JsonValueKind.String } text => text.GetString()!,
            JsonElement json => json.GetRawText(),
            var value => JsonSerializer.Serialize(value, TypeOf<object>()),
        };

    /// <summary>A call as it came over the wire; arguments that are no JSON object are kept out and said so.</summary>
    public static FunctionCallContent Call(string id, string name, string arguments)
    {
        if (arguments.Length == 0)
        {
            return new FunctionCallContent(id, name);
        }

        try
        {
            using var json = JsonDocument.Parse(arguments);
            var values = new Dictionary<string, object?>(StringComparer.Ordinal);
            foreach (var member in json.RootElement.EnumerateObject())
            {
                values[member.Name] = member.Value.Clone();
            }

            return new FunctionCallContent(id, name, values);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return new FunctionCallContent(id, name)
            {
                Exception = new JsonException($"The model gave arguments of '{name}' that are no JSON object."),
            };
        }
    }

    private static JsonTypeInfo<T> TypeOf<T>() =>
        (JsonTypeInfo<T>)AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(T));
}
