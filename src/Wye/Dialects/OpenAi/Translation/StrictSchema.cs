using System.Text.Json;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Whether a schema can be asked for as strict: every object closed, every property required; else it is refused.</summary>
internal static class StrictSchema
{
    /// <summary>Looks at every object of the schema.</summary>
    public static bool Fits(string schema)
    {
        using var document = Json.Parse(schema);
        return Fits(document.RootElement);
    }

    private static bool Fits(JsonElement node)
    {
        if (node.ValueKind == JsonValueKind.Array)
        {
            return node.Items().All(Fits);
        }

        var properties = node.Member("properties"u8);
        if (node.String("type"u8) is "object" || properties.IsObject())
        {
            var required = node.Member("required"u8)
                .Items()
                .Select(item => item.String())
                .ToHashSet(StringComparer.Ordinal);
            if (
                node.Member("additionalProperties"u8).ValueKind != JsonValueKind.False
                || properties.Members().Any(property => !required.Contains(property.Name))
            )
            {
                return false;
            }
        }

        return node.Members().All(member => Fits(member.Value));
    }
}
