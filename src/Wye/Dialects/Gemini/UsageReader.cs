using System.Text.Json;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Gemini;

/// <summary>
/// Reads a usage object. Cached tokens are a part of the prompt here, and thoughts stand beside the answer. Counts that cannot
/// be are not trusted: the whole is then null and gets estimated.
/// </summary>
internal static class UsageReader
{
    /// <summary>Reads the value the reader stands on and leaves the reader at its end.</summary>
    public static Usage? Read(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return null;
        }

        var (prompt, cached, tools, answer, thoughts) = (0L, 0L, 0L, 0L, 0L);
        var absurd = false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("promptTokenCount"u8))
            {
                prompt = JsonCount.ReadNext(ref json, ref absurd) ?? 0;
            }
            else if (json.ValueTextEquals("cachedContentTokenCount"u8))
            {
                cached = JsonCount.ReadNext(ref json, ref absurd) ?? 0;
            }
            else if (json.ValueTextEquals("toolUsePromptTokenCount"u8))
            {
                tools = JsonCount.ReadNext(ref json, ref absurd) ?? 0;
            }
            else if (json.ValueTextEquals("candidatesTokenCount"u8))
            {
                answer = JsonCount.ReadNext(ref json, ref absurd) ?? 0;
            }
            else if (json.ValueTextEquals("thoughtsTokenCount"u8))
            {
                thoughts = JsonCount.ReadNext(ref json, ref absurd) ?? 0;
            }
            else
            {
                json.Read();
                json.Skip();
            }
        }

        // No chat has an empty prompt: zeros stand for "not counted".
        return absurd || cached > prompt || prompt == 0
            ? null
            : new Usage
            {
                InputTokens = prompt - cached + tools,
                CacheReadTokens = cached,
                OutputTokens = answer + thoughts,
                ReasoningTokens = thoughts,
            };
    }
}
