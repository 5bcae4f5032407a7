using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Anthropic.Requests;
using Wye.Dialects.Translation;

namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Writes a canonical conversation as a messages request.</summary>
internal static class ConversationWriter
{
    private const string JsonInstruction =
        "Answer with exactly one JSON object and nothing else: no text around it and no code fence.";

    /// <summary>Writes the body.</summary>
    public static void Write(
        in ChatCall call,
        ChatConversation conversation,
        string upstreamModel,
        IBufferWriter<byte> output
    )
    {
        var bound = OutputBound.Of(call);
        var budget = BudgetOf(conversation, call, bound);
        using var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("model"u8, upstreamModel);
        json.WriteNumber("max_tokens"u8, bound);
        WriteSystem(json, conversation);
        json.WriteStartArray("messages"u8);
        MessageWriter.Write(json, conversation.Messages, call.Dropped);
        json.WriteEndArray();
        WriteSampling(json, conversation, call, thinks: budget is not null);
        ToolWriter.Write(json, conversation, call.Dropped);
        WriteThinking(json, budget);
        WriteOutputConfig(json, conversation, call);
        if (conversation.User is { } user)
        {
            json.WriteStartObject("metadata"u8);
            json.WriteString("user_id"u8, user);
            json.WriteEndObject();
        }

        if (call.Request.Stream)
        {
            json.WriteBoolean("stream"u8, true);
        }

        json.WriteEndObject();
    }

    /// <summary>Thinking tokens; zero = the model decides; null = no thinking.</summary>
    private static int? BudgetOf(ChatConversation conversation, in ChatCall call, int bound)
    {
        if (conversation.Reasoning is not { } demand)
        {
            return null;
        }

        // A turn of tools must bring back the signed thinking it began with, which other dialects cannot carry; and with
        // thinking no tool may be demanded.
        var demanded = conversation.ToolDemand?.Kind is ToolDemandKind.Required or ToolDemandKind.Named;
        var calledTools = conversation.Messages.Any(message => message.Parts.Any(part => part is ToolCallPart));
        var budget =
            !call.Target.Reasons || demanded || calledTools ? null
            : call.Target.AdaptiveThinking ? 0
            : Reasoning.BudgetOf(demand, bound);
        if (budget is null)
        {
            call.Dropped?.Add("reasoning_effort");
        }

        return budget;
    }

    private static void WriteSystem(Utf8JsonWriter json, ChatConversation conversation)
    {
        List<string> texts =
        [
            .. conversation
                .Messages.Where(message => message.Role == ChatRole.System)
                .SelectMany(message => message.Parts.OfType<TextPart>())
                .Select(part => part.Text)
                .Where(text => !string.IsNullOrWhiteSpace(text)),
        ];
        if (conversation.Format is { Schema: null })
        {
            texts.Add(JsonInstruction);
        }

        if (texts.Count == 0)
        {
            return;
        }

        json.WriteStartArray("system"u8);
        foreach (var text in texts)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "text"u8);
            json.WriteString("text"u8, text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatConversation conversation, in ChatCall call, bool thinks)
    {
        var free = !call.Target.FixedSampling && !thinks;
        if (conversation.Temperature is { } temperature && free)
        {
            json.WriteNumber("temperature"u8, Math.Clamp(temperature, 0, 1));
        }

        // Newer models refuse the two together.
        var topP = free && conversation.Temperature is null ? conversation.TopP : null;
        if (topP is { } share)
        {
            json.WriteNumber("top_p"u8, share);
        }

        if (conversation.TopK is > 0 and { } k && free)
        {
            json.WriteNumber("top_k"u8, k);
        }

        if (call.Dropped is { } dropped)
        {
            Note(dropped, "temperature", conversation.Temperature is not null && !free);
            Note(dropped, "top_p", conversation.TopP is not null && topP is null);
            Note(dropped, "top_k", conversation.TopK is > 0 && !free);
        }

        // Blank ones are refused by the provider.
        StopList.Write(json, "stop_sequences", conversation.Stop, string.IsNullOrWhiteSpace, most: null, call.Dropped);
    }

    private static void WriteThinking(Utf8JsonWriter json, int? budget)
    {
        if (budget is not { } tokens)
        {
            return;
        }

        json.WriteStartObject("thinking"u8);
        if (tokens == 0)
        {
            json.WriteString("type"u8, "adaptive"u8);
        }
        else
        {
            json.WriteString("type"u8, "enabled"u8);
            json.WriteNumber("budget_tokens"u8, tokens);
        }

        json.WriteEndObject();
    }

    private static void WriteOutputConfig(Utf8JsonWriter json, ChatConversation conversation, in ChatCall call)
    {
        var schema = conversation.Format?.Schema;
        var demand = call.Target is { Reasons: true, AdaptiveThinking: true } ? conversation.Reasoning : null;
        if (conversation.Format is { Schema: null })
        {
            // Asked for in words only: the caller shall know.
            call.Dropped?.Add("response_format");
        }

        if (conversation.Format is { Description: not null })
        {
            call.Dropped?.Add("json_schema.description");
        }

        if (schema is null && demand is null)
        {
            return;
        }

        json.WriteStartObject("output_config"u8);
        if (demand is not null)
        {
            json.WriteString("effort"u8, Reasoning.EffortOf(demand));
        }

        if (schema is not null)
        {
            json.WriteStartObject("format"u8);
            json.WriteString("type"u8, "json_schema"u8);
            json.WritePropertyName("schema"u8);
            OutputSchema.Write(json, schema, call.Dropped);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void Note(ICollection<string> dropped, string name, bool isDropped)
    {
        if (isDropped)
        {
            dropped.Add(name);
        }
    }
}
