using System.Text.Json;
using Wye.Chat.Conversations;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads the object that holds the answer's schema and its name; chat completions nest it deeper than responses.</summary>
internal static class SchemaFormat
{
    /// <summary>The format; without a schema it is refused, since any JSON object would be something else.</summary>
    /// <param name="holder">Holds the schema.</param>
    /// <param name="path">Where the schema stands.</param>
    /// <param name="draft">Takes the refusal.</param>
    public static AnswerFormat? Read(JsonElement holder, string path, Draft draft)
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
        };
    }
}
