using System.Buffers;
using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Writes a canonical conversation as a chat completion request.</summary>
internal static class ConversationWriter
{
    private const int LowBudget = 4_096;
    private const int MediumBudget = 16_384;

    /// <summary>What of a conversation this dialect has no form for; null = nothing.</summary>
    public static ChatError? RefusalOf(ChatConversation conversation, DialectId caller)
    {
        var draft = new Draft(caller, isOfTarget: true);
        for (var i = 0; i < conversation.Messages.Length; i++)
        {
            if (
                conversation.Messages[i].Parts.FirstOrDefault(part => part is DocumentPart { Url: not null }) is { } one
            )
            {
                draft.Refuse(one.Path ?? "messages", "a document by its address");
            }
        }

        return draft.Error;
    }

    /// <summary>Writes the body.</summary>
    public static void Write(
        in ChatCall call,
        ChatConversation conversation,
        string upstreamModel,
        IBufferWriter<byte> output
    )
    {
        using var json = new Utf8JsonWriter(output, Json.Writing);
        json.WriteStartObject();
        json.WriteString("model"u8, upstreamModel);
        json.WriteStartArray("messages"u8);
        MessageWriter.Write(json, conversation, call.Dropped);
        json.WriteEndArray();
        if ((call.MaxOutputTokens ?? call.Request.MaxOutputTokens) is { } bound)
        {
            json.WriteNumber(call.NewerOutputBound ? "max_completion_tokens"u8 : "max_tokens"u8, bound);
        }

        WriteSampling(json, conversation, call);
        WriteTools(json, conversation);
        WriteFormat(json, conversation.Format);
        WriteReasoning(json, conversation, call);
        if (conversation.User is { } user)
        {
            json.WriteString("user"u8, user);
        }

        if (call.LogProbs == LogProbUse.Ask)
        {
            json.WriteBoolean("logprobs"u8, true);
            if (call.TopLogProbs > 0)
            {
                json.WriteNumber("top_logprobs"u8, call.TopLogProbs);
            }
        }

        if (call.Request.Stream)
        {
            json.WriteBoolean("stream"u8, true);
            if (!call.Target.NoStreamOptions)
            {
                json.WriteStartObject("stream_options"u8);
                json.WriteBoolean("include_usage"u8, true);
                json.WriteEndObject();
            }
        }

        json.WriteEndObject();
    }

    private static void WriteSampling(Utf8JsonWriter json, ChatConversation conversation, in ChatCall call)
    {
        WriteTuning(json, "temperature", conversation.Temperature, call);
        WriteTuning(json, "top_p", conversation.TopP, call);
        if (conversation.TopK is > 0)
        {
            call.Dropped?.Add("top_k");
        }

        if (conversation.Stop.Length > 0 && call.Target.FixedSampling)
        {
            call.Dropped?.Add("stop");
        }
        else
        {
            StopList.Write(json, "stop", conversation.Stop, unfit: null, call.Target.MostStops, call.Dropped);
        }
    }

    private static void WriteTuning(Utf8JsonWriter json, string name, double? value, in ChatCall call)
    {
        if (value is not null && call.Target.FixedSampling)
        {
            call.Dropped?.Add(name);
        }
        else if (value is { } wanted)
        {
            json.WriteNumber(name, wanted);
        }
    }

    private static void WriteTools(Utf8JsonWriter json, ChatConversation conversation)
    {
        if (conversation.Tools.IsEmpty)
        {
            return;
        }

        json.WriteStartArray("tools"u8);
        foreach (var tool in conversation.Tools)
        {
            json.WriteStartObject();
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, tool.Name);
            if (tool.Description is { } description)
            {
                json.WriteString("description"u8, description);
            }

            if (tool.Schema is { } schema)
            {
                json.WritePropertyName("parameters"u8);
                json.WriteRawValue(schema, skipInputValidation: true);
            }

            if (tool is { Strict: true, Schema: { } strict } && StrictSchema.Fits(strict))
            {
                json.WriteBoolean("strict"u8, true);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteDemand(json, conversation.ToolDemand);
        if (conversation.ParallelTools is { } parallel)
        {
            json.WriteBoolean("parallel_tool_calls"u8, parallel);
        }
    }

    private static void WriteDemand(Utf8JsonWriter json, ToolDemand? demand)
    {
        if (demand is null)
        {
            return;
        }

        if (demand is { Kind: ToolDemandKind.Named, Name: { } name })
        {
            json.WriteStartObject("tool_choice"u8);
            json.WriteString("type"u8, "function"u8);
            json.WriteStartObject("function"u8);
            json.WriteString("name"u8, name);
            json.WriteEndObject();
            json.WriteEndObject();
            return;
        }

        json.WriteString(
            "tool_choice"u8,
            demand.Kind switch
            {
                ToolDemandKind.None => "none"u8,
                ToolDemandKind.Required => "required"u8,
                _ => "auto"u8,
            }
        );
    }

    private static void WriteFormat(Utf8JsonWriter json, AnswerFormat? format)
    {
        if (format is null)
        {
            return;
        }

        json.WriteStartObject("response_format"u8);
        if (format.Schema is { } schema)
        {
            json.WriteString("type"u8, "json_schema"u8);
            json.WriteStartObject("json_schema"u8);
            json.WriteString("name"u8, format.Name ?? "answer");
            if (format.Description is { } description)
            {
                json.WriteString("description"u8, description);
            }

            json.WritePropertyName("schema"u8);
            json.WriteRawValue(schema, skipInputValidation: true);
            json.WriteBoolean("strict"u8, format.Strict is not false && StrictSchema.Fits(schema));
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("type"u8, "json_object"u8);
        }

        json.WriteEndObject();
    }

    private static void WriteReasoning(Utf8JsonWriter json, ChatConversation conversation, in ChatCall call)
    {
        if (conversation.Reasoning is not { } reasoning)
        {
            if (conversation.ReasoningOff && call.Target.Reasons)
            {
                WriteNoReasoning(json, call);
            }

            return;
        }

        if (!call.Target.Reasons)
        {
            call.Dropped?.Add("thinking");
            return;
        }

        if (reasoning.Effort is "xhigh" or "max")
        {
            // Lowered: most models take no more than high.
            call.Dropped?.Add("reasoning_effort");
        }

        json.WriteString("reasoning_effort"u8, EffortOf(reasoning));
    }

    private static void WriteNoReasoning(Utf8JsonWriter json, in ChatCall call)
    {
        if (call.Request.Dialect == DialectId.Responses)
        {
            // The vendor's own word, which some of its models refuse.
            json.WriteString("reasoning_effort"u8, "none"u8);
        }
        else
        {
            call.Dropped?.Add("thinking");
        }
    }

    private static string EffortOf(ReasoningDemand reasoning) =>
        reasoning switch
        {
            { Effort: "xhigh" or "max" } => "high",
            { Effort: { } effort } => effort,
            { BudgetTokens: < LowBudget } => "low",
            { BudgetTokens: < MediumBudget } or { BudgetTokens: null } => "medium",
            _ => "high",
        };
}
