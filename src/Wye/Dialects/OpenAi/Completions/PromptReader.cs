using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Conversations;
using Wye.Chat.Conversations.Parts;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Completions;

/// <summary>Reads a completions request into the canonical form: its one prompt becomes the one message of a user.</summary>
internal sealed class PromptReader : ConversationBodyReader
{
    /// <summary>The only one.</summary>
    public static readonly PromptReader Instance = new();

    /// <inheritdoc/>
    protected override ChatConversation Read(ChatRequest request, JsonElement body, Draft draft)
    {
        var read = new ChatConversation { Messages = [] };
        foreach (var member in body.Members())
        {
            var value = member.Value;
            switch (member.Name)
            {
                case "prompt":
                    read = read with { Messages = [new(ChatRole.User, [new TextPart(Prompt(value, draft))])] };
                    break;
                case "temperature":
                    read = read with { Temperature = value.Number() };
                    break;
                case "top_p":
                    read = read with { TopP = value.Number() };
                    break;
                case "stop":
                    read = read with
                    {
                        Stop = value.String() is { } one
                            ? [one]
                            : [.. value.Items().Select(item => item.String()).OfType<string>()],
                    };
                    break;
                case "n" or "best_of" when value.Whole() > 1:
                    draft.Refuse(member.Name, "more than one choice");
                    break;
                case "logprobs" when value.ValueKind == JsonValueKind.Number:
                case "max_tokens" when value.Whole() == 0:
                case "echo" or "suffix" when value.Asks():
                    draft.Refuse(member.Name, "known to the older completions only");
                    break;
                case "n" or "best_of" or "logprobs" or "echo" or "suffix":
                case "model" or "stream" or "stream_options" or "max_tokens" or "user":
                    break;
                default:
                    draft.Drop(member);
                    break;
            }
        }

        return read;
    }

    private static string Prompt(JsonElement prompt, Draft draft)
    {
        if (prompt.String() is { } text)
        {
            return text;
        }

        if (prompt.GetArrayLength() == 1 && prompt[0].String() is { } only)
        {
            return only;
        }

        draft.Refuse("prompt", "several prompts, or tokens");
        return "";
    }
}
