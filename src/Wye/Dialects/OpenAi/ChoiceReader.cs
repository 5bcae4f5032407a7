using System.Text.Json;
using Wye.Chat.Bodies;
using Wye.Dialects.Text;

namespace Wye.Dialects.OpenAi;

/// <summary>Reads one element of <c>choices</c>, of an answer or of a chunk. Throws what the JSON reader throws.</summary>
internal static class ChoiceReader
{
    /// <summary>Reads the element the reader stands on and leaves the reader at its end.</summary>
    /// <param name="json">Stands on the element.</param>
    /// <param name="bodyName"><c>message</c>, <c>delta</c>, or <c>text</c> of the older completions.</param>
    public static ChoiceView Read(ref Utf8JsonReader json, ReadOnlySpan<byte> bodyName)
    {
        var view = default(ChoiceView);
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return view;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals(bodyName))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.String && bodyName.SequenceEqual("text"u8))
                {
                    view.HasBody = true;
                    ReadContent(ref json, ref view);
                }
                else
                {
                    ReadBody(ref json, ref view);
                }
            }
            else if (json.ValueTextEquals("finish_reason"u8))
            {
                json.Read();
                view.Finish = FinishReasons.Read(ref json);
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        return view;
    }

    private static void ReadBody(ref Utf8JsonReader json, ref ChoiceView view)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        view.HasBody = true;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            ReadMember(ref json, ref view);
        }
    }

    private static void ReadMember(ref Utf8JsonReader json, ref ChoiceView view)
    {
        if (json.ValueTextEquals("content"u8))
        {
            json.Read();
            ReadContent(ref json, ref view);
        }
        else if (json.ValueTextEquals("role"u8))
        {
            json.Read();
            view.HasRole |= json.TokenType == JsonTokenType.String;
            json.Skip();
        }
        else if (json.ValueTextEquals("tool_calls"u8))
        {
            json.Read();
            ReadToolCalls(ref json, ref view);
        }
        else if (json.ValueTextEquals("function_call"u8))
        {
            json.Read();
            view.ToolCalls += json.TokenType == JsonTokenType.StartObject ? 1 : 0;
            view.ToolBytes += CountStrings(ref json);
        }
        else if (json.ValueTextEquals("refusal"u8))
        {
            json.Read();
            var bytes = CountStrings(ref json);
            view.HasRefusal |= bytes > 0;
            view.ContentBytes += bytes;
        }
        else if (
            json.ValueTextEquals("reasoning_content"u8)
            || json.ValueTextEquals("reasoning"u8)
            || json.ValueTextEquals("reasoning_details"u8)
        )
        {
            json.Read();

            // Servers that name it both ways repeat the same text; it is counted once.
            view.ReasoningBytes = Math.Max(view.ReasoningBytes, CountStrings(ref json));
        }
        else
        {
            json.Read();
            view.HasOther |= HoldsSomething(ref json);
        }
    }

    private static void ReadContent(ref Utf8JsonReader json, ref ChoiceView view)
    {
        view.HasContent |= json.TokenType is JsonTokenType.String or JsonTokenType.StartArray;
        if (json.TokenType == JsonTokenType.String)
        {
            view.Text = new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
        }

        view.ContentBytes += CountStrings(ref json);
    }

    private static void ReadToolCalls(ref Utf8JsonReader json, ref ChoiceView view)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            view.ToolCalls++;
            view.ToolBytes += CountToolText(ref json);
        }
    }

    /// <summary>Counts name and arguments; ids and types are not written by the model.</summary>
    private static int CountToolText(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return 0;
        }

        var bytes = 0;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var counts = json.ValueTextEquals("function"u8) || json.ValueTextEquals("custom"u8);
            json.Read();
            if (counts)
            {
                bytes += CountStrings(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        return bytes;
    }

    /// <summary>Decoded length of all string values in the value the reader stands on.</summary>
    private static int CountStrings(ref Utf8JsonReader json)
    {
        var bytes = LengthOf(ref json);
        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return bytes;
        }

        var depth = json.CurrentDepth;
        while (json.Read() && json.CurrentDepth > depth)
        {
            bytes += LengthOf(ref json);
        }

        return bytes;
    }

    private static int LengthOf(ref Utf8JsonReader json) =>
        json.TokenType != JsonTokenType.String ? 0
        : json.ValueIsEscaped ? JsonEscapes.UnescapedLength(json.ValueSpan)
        : json.ValueSpan.Length;

    private static bool HoldsSomething(ref Utf8JsonReader json)
    {
        if (json.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray))
        {
            return false;
        }

        var start = json.TokenStartIndex;
        json.Skip();

        // More than the two brackets, blanks aside.
        return json.BytesConsumed - start > 2;
    }
}
