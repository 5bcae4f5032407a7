using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Gemini.Translation;

/// <summary>Writes a canonical conversation as a generateContent request.</summary>
internal static class ConversationWriter
{
    private const int MostStops = 5;
    private const int MostBudget = 24_576;
    private const int LeastBudget = 128;
    private const int LowBudget = 1_024;
    private const int MediumBudget = 8_192;

    /// <summary>What a part is that this dialect has no form for; null = it has one.</summary>
    public static string? Unfit(ConversationPart part) =>
        part switch
        {
            ImagePart { Url: not null } => "an image by its address",
            DocumentPart { Url: not null } => "a document by its address",
            _ => null,
        };

    /// <summary>Writes the body.</summary>
    public static void Write(in ChatCall call, ChatConversation conversation, IBufferWriter<byte> output)
    {
        using var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        WriteSystem(json, conversation);
        json.WriteStartArray("contents"u8);
        new ContentWriter(json, call).Write(conversation.Messages);
        json.WriteEndArray();
        ToolWriter.Write(json, conversation, call.Dropped);
        WriteConfig(json, conversation, call);
        if (conversation.User is not null)
        {
            call.Dropped?.Add("user");
        }

        json.WriteEndObject();
    }

    private static void WriteSystem(Utf8JsonWriter json, ChatConversation conversation)
    {
        List<string> texts =
        [
            .. conversation
                .Messages.Where(message => message.Role == ChatRole.System)
                .SelectMany(message => message.Parts.OfType<TextPart>())
                .Select(part => part.Text)
                .Where(text => text.Length > 0),
        ];
        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartObject("systemInstruction"u8);
        json.WriteStartArray("parts"u8);
        foreach (var text in texts)
        {
            json.WriteStartObject();
            json.WriteString("text"u8, text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteConfig(Utf8JsonWriter json, ChatConversation conversation, in ChatCall call)
    {
        json.WriteStartObject("generationConfig"u8);
        if ((call.MaxOutputTokens ?? call.Request.MaxOutputTokens) is { } bound)
        {
            json.WriteNumber("maxOutputTokens"u8, bound);
        }

        if (conversation.Temperature is { } temperature)
        {
            json.WriteNumber("temperature"u8, temperature);
        }

        if (conversation.TopP is { } topP)
        {
            json.WriteNumber("topP"u8, topP);
        }

        if (conversation.TopK is > 0 and { } topK)
        {
            json.WriteNumber("topK"u8, topK);
        }

        StopList.Write(json, "stopSequences", conversation.Stop, string.IsNullOrEmpty, MostStops, call.Dropped);
        if (conversation.Format is { } format)
        {
            json.WriteString("responseMimeType"u8, "application/json"u8);
            if (format.Schema is { } schema)
            {
                json.WritePropertyName("responseJsonSchema"u8);
                json.WriteRawValue(schema, skipInputValidation: true);
            }

            if (format.Description is not null)
            {
                call.Dropped?.Add("json_schema.description");
            }
        }

        WriteThinking(json, conversation, call);
        if (call.LogProbs == LogProbUse.Ask)
        {
            json.WriteBoolean("responseLogprobs"u8, true);
            if (call.TopLogProbs > 0)
            {
                json.WriteNumber("logprobs"u8, call.TopLogProbs);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteThinking(Utf8JsonWriter json, ChatConversation conversation, in ChatCall call)
    {
        if (conversation.Reasoning is not { } demand)
        {
            if (conversation.ReasoningOff && call.Target.Reasons)
            {
                WriteLeastThinking(json, call);
            }

            return;
        }

        if (!call.Target.Reasons)
        {
            call.Dropped?.Add("reasoning_effort");
            return;
        }

        json.WriteStartObject("thinkingConfig"u8);
        if (call.Target.AdaptiveThinking)
        {
            json.WriteString("thinkingLevel"u8, LevelOf(demand));
        }
        else
        {
            json.WriteNumber("thinkingBudget"u8, BudgetOf(demand));
        }

        json.WriteBoolean("includeThoughts"u8, true);
        json.WriteEndObject();
    }

    // Without a setting these models think as long as they like. Who cannot be told to stop is told to think least.
    private static void WriteLeastThinking(Utf8JsonWriter json, in ChatCall call)
    {
        json.WriteStartObject("thinkingConfig"u8);
        if (call.Target.AdaptiveThinking)
        {
            json.WriteString("thinkingLevel"u8, "low"u8);
        }
        else
        {
            json.WriteNumber("thinkingBudget"u8, call.Target.AlwaysThinks ? LeastBudget : 0);
        }

        json.WriteEndObject();
        if (call.Target.AlwaysThinks)
        {
            call.Dropped?.Add("reasoning_effort");
        }
    }

    private static string LevelOf(ReasoningDemand demand) =>
        demand switch
        {
            { Effort: "minimal" or "low" } or { Effort: null, BudgetTokens: < MediumBudget } => "low",
            _ => "high",
        };

    private static int BudgetOf(ReasoningDemand demand) =>
        demand switch
        {
            { BudgetTokens: { } tokens } => Math.Min(tokens, MostBudget),
            { Effort: "minimal" or "low" } => LowBudget,
            { Effort: "medium" or null } => MediumBudget,
            _ => MostBudget,
        };
}
