using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Wye.Yaml;

/// <summary>A file as an editor's schema check sees it: plain scalars are numbers, booleans or null by the YAML core schema.</summary>
internal static class YamlJson
{
    /// <summary>The file as JSON; null when it is not readable within the bounds.</summary>
    public static string? Of(string yaml)
    {
        if (YamlTree.Parse(yaml, new ProblemSink("wye.yaml")) is not { } root)
        {
            return null;
        }

        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            Write(json, root);
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static void Write(Utf8JsonWriter json, YamlNode node)
    {
        switch (node)
        {
            case MapNode map:
                json.WriteStartObject();
                foreach (var entry in map.Entries)
                {
                    json.WritePropertyName(entry.Key);
                    Write(json, entry.Value);
                }

                json.WriteEndObject();
                break;
            case ListNode list:
                json.WriteStartArray();
                list.Items.ForEach(item => Write(json, item));
                json.WriteEndArray();
                break;
            case TextNode text:
                Write(json, text);
                break;
        }
    }

    private static void Write(Utf8JsonWriter json, TextNode text)
    {
        if (text.IsUnset)
        {
            json.WriteNullValue();
        }
        else if (text.IsPlain && text.Raw is "true" or "True" or "TRUE" or "false" or "False" or "FALSE")
        {
            json.WriteBooleanValue(char.ToLowerInvariant(text.Raw[0]) is 't');
        }
        else if (
            text.IsPlain
            && long.TryParse(text.Raw, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole)
        )
        {
            json.WriteNumberValue(whole);
        }
        else if (
            text.IsPlain
            && decimal.TryParse(
                text.Raw,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var number
            )
        )
        {
            json.WriteNumberValue(number);
        }
        else
        {
            json.WriteStringValue(text.Raw);
        }
    }
}
