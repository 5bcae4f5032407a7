using System.Text.Json;
using Wye.Dialects.Translation;

namespace Wye.Dialects.OpenAi.Translation;

/// <summary>Reads the content of a message or a delta: a text, or a list of parts, as Mistral's reasoning models answer.</summary>
internal static class ContentReader
{
    /// <summary>Its pieces in order, none of them empty; what is neither text nor thought is left out.</summary>
    public static IEnumerable<(string Text, bool IsThought)> Read(JsonElement content)
    {
        if (content.String() is { Length: > 0 } whole)
        {
            yield return (whole, false);
        }

        foreach (var part in content.Items())
        {
            if (part.String("text"u8) is { Length: > 0 } text)
            {
                yield return (text, false);
            }

            foreach (var thought in part.Member("thinking"u8).Items())
            {
                if (thought.String("text"u8) is { Length: > 0 } shown)
                {
                    yield return (shown, true);
                }
            }
        }
    }

    /// <summary>The text of the first choice of an answer, thoughts left out.</summary>
    public static string TextOf(ReadOnlyMemory<byte> body)
    {
        using var document = Json.Parse(body);
        foreach (var choice in document.RootElement.Member("choices"u8).Items())
        {
            var pieces = Read(choice.Member("message"u8).Member("content"u8));
            return string.Concat(pieces.Where(piece => !piece.IsThought).Select(piece => piece.Text));
        }

        return "";
    }
}
