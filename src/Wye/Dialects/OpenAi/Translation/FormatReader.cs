using System.Text.Json;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads what form an answer must have; chat completions nest the schema and its name deeper than responses.</summary>
internal static class FormatReader
{
    /// <summary>The form; null = any text. An unknown form, or a schema that is missing, is refused: anything else would be another demand.</summary>
    /// <param name="format">The object that names its <c>type</c>.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="nested">Whether the schema stands in a <c>json_schema</c> of its own.</param>
    /// <param name="draft">Takes the refusal.</param>
    public static AnswerFormat? Read(JsonElement format, string path, bool nested, Draft draft)
    {
        switch (format.String("type"u8))
        {
            case "text":
            case null when !format.IsObject():
                return null;
            case "json_object":
                return new AnswerFormat(Schema: null);
            case "json_schema" when nested:
                return Schema(format.Member("json_schema"u8), path + ".json_schema.schema", draft);
            case "json_schema":
                return Schema(format, path + ".schema", draft);
            case var type:
                draft.Refuse(path + ".type", $"a format of the type {type}");
                return null;
        }
    }

    private static AnswerFormat? Schema(JsonElement holder, string path, Draft draft)
    {
        var schema = holder.Member("schema"u8);
        if (!schema.IsObject())
        {
            draft.Refuse(path, "a json_schema without its schema");
            return null;
        }

        return new AnswerFormat(schema.GetRawText(), holder.String("name"u8))
        {
            Description = holder.String("description"u8),
            Strict = holder.Member("strict"u8).Flag() is true,
        };
    }
}
