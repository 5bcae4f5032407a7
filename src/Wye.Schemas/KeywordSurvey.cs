using System.Collections.Frozen;
using System.Text.Json;

namespace Wye.Schemas;

/// <summary>Finds out whether a schema says anything that the validator does not check.</summary>
internal static class KeywordSurvey
{
    // Checked by NJsonSchema 10.7, or saying nothing about the value.
    private static readonly FrozenSet<string> Checked = FrozenSet.ToFrozenSet(
        [
            "$schema",
            "$id",
            "id",
            "$comment",
            "title",
            "description",
            "default",
            "examples",
            "deprecated",
            "readOnly",
            "writeOnly",
            "type",
            "enum",
            "properties",
            "required",
            "additionalProperties",
            "patternProperties",
            "minProperties",
            "maxProperties",
            "items",
            "additionalItems",
            "minItems",
            "maxItems",
            "uniqueItems",
            "minimum",
            "maximum",
            "exclusiveMinimum",
            "exclusiveMaximum",
            "multipleOf",
            "minLength",
            "maxLength",
            "pattern",
            "anyOf",
            "oneOf",
            "allOf",
            "not",
            "definitions",
            "$ref",
        ],
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string> MapsOfSchemas = FrozenSet.ToFrozenSet(
        ["properties", "patternProperties", "definitions"],
        StringComparer.Ordinal
    );

    private static readonly FrozenSet<string> Values = FrozenSet.ToFrozenSet(
        ["enum", "default", "examples", "required", "type"],
        StringComparer.Ordinal
    );

    /// <summary>Whether every keyword is checked.</summary>
    public static bool AllChecked(JsonElement schema) =>
        schema.ValueKind switch
        {
            JsonValueKind.True or JsonValueKind.False => true,
            JsonValueKind.Object => schema.EnumerateObject().All(IsChecked),
            _ => false,
        };

    /// <summary>Whether a reference leaves the document.</summary>
    public static bool Leaves(JsonElement schema) =>
        schema.ValueKind switch
        {
            JsonValueKind.Object => schema
                .EnumerateObject()
                .Any(member =>
                    (
                        member.NameEquals("$ref")
                        && (member.Value.ValueKind != JsonValueKind.String || member.Value.GetString() is not ['#', ..])
                    ) || Leaves(member.Value)
                ),
            JsonValueKind.Array => schema.EnumerateArray().Any(Leaves),
            _ => false,
        };

    private static bool IsChecked(JsonProperty member)
    {
        if (!Checked.Contains(member.Name))
        {
            return false;
        }

        if (Values.Contains(member.Name))
        {
            return true;
        }

        if (MapsOfSchemas.Contains(member.Name))
        {
            return member.Value.ValueKind == JsonValueKind.Object
                && member.Value.EnumerateObject().All(one => AllChecked(one.Value));
        }

        return member.Value.ValueKind switch
        {
            JsonValueKind.Object => AllChecked(member.Value),
            JsonValueKind.Array => member.Value.EnumerateArray().All(AllChecked),
            _ => true,
        };
    }
}
