using System.Text.Json;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.Gemini;

/// <summary>
/// What was read of an answer, or of one piece of a streamed one: both have the same form. Throws what the JSON reader throws.
/// </summary>
internal ref struct AnswerView : IWireView
{
    /// <summary>Literals of the text of the first candidate; a caller that wants them gives a list.</summary>
    public PooledList<ByteRange> Texts;

    /// <summary>Candidates.</summary>
    public int Candidates;

    /// <summary>Decoded bytes of text.</summary>
    public int TextBytes;

    /// <summary>Decoded bytes of thoughts.</summary>
    public int ThoughtBytes;

    /// <summary>Bytes of names and arguments of calls.</summary>
    public int CallBytes;

    /// <summary>Calls of functions.</summary>
    public int Calls;

    /// <summary>Whether it holds something else that a caller would miss: an image, the run of code.</summary>
    public bool HasOther;

    /// <summary>Why the model stopped.</summary>
    public FinishReason Finish;

    /// <summary>Why the prompt was blocked; null = it was not.</summary>
    public string? Blocked;

    /// <summary>Whether a usage object stands in it, believable or not.</summary>
    public bool HasUsage;

    /// <summary>Tokens so far.</summary>
    public Usage? Usage;

    /// <inheritdoc/>
    public bool IsError { get; private set; }

    /// <inheritdoc/>
    public void ReadMember(ref Utf8JsonReader json)
    {
        if (json.ValueTextEquals("candidates"u8))
        {
            json.Read();
            ReadCandidates(ref json);
        }
        else if (json.ValueTextEquals("usageMetadata"u8))
        {
            json.Read();
            HasUsage |= json.TokenType == JsonTokenType.StartObject;
            Usage = UsageReader.Read(ref json);
        }
        else if (json.ValueTextEquals("promptFeedback"u8))
        {
            json.Read();
            ReadFeedback(ref json);
        }
        else
        {
            IsError |= WireBody.SkipOther(ref json);
        }
    }

    private void ReadCandidates(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartArray)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            Candidates++;
            if (json.TokenType != JsonTokenType.StartObject || Candidates > 1)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var isContent = json.ValueTextEquals("content"u8);
                var isFinish = json.ValueTextEquals("finishReason"u8);
                json.Read();
                if (isContent)
                {
                    ReadContent(ref json);
                }
                else if (isFinish)
                {
                    Finish = FinishReasons.Read(ref json);
                }
                else
                {
                    json.Skip();
                }
            }
        }
    }

    private void ReadContent(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isParts = json.ValueTextEquals("parts"u8);
            json.Read();
            if (!isParts || json.TokenType != JsonTokenType.StartArray)
            {
                json.Skip();
                continue;
            }

            while (json.Read() && json.TokenType != JsonTokenType.EndArray)
            {
                ReadPart(ref json);
            }
        }
    }

    private void ReadPart(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        var (text, bytes, thought) = (default(ByteRange), 0, false);
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueTextEquals("text"u8))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.String)
                {
                    text = new ByteRange((int)json.TokenStartIndex + 1, json.ValueSpan.Length);
                    bytes = json.ValueIsEscaped ? JsonEscapes.UnescapedLength(json.ValueSpan) : json.ValueSpan.Length;
                }
            }
            else if (json.ValueTextEquals("thought"u8))
            {
                json.Read();
                thought = json.TokenType == JsonTokenType.True;
            }
            else if (json.ValueTextEquals("functionCall"u8))
            {
                json.Read();
                var start = json.TokenStartIndex;
                Calls += json.TokenType == JsonTokenType.StartObject ? 1 : 0;
                json.Skip();
                CallBytes += (int)(json.BytesConsumed - start);
            }
            else
            {
                HasOther |=
                    json.ValueTextEquals("inlineData"u8)
                    || json.ValueTextEquals("fileData"u8)
                    || json.ValueTextEquals("executableCode"u8)
                    || json.ValueTextEquals("codeExecutionResult"u8);
                json.Read();
            }

            json.Skip();
        }

        if (thought)
        {
            ThoughtBytes += bytes;
        }
        else if (bytes > 0)
        {
            TextBytes += bytes;
            Texts.Add(text);
        }
    }

    private void ReadFeedback(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            json.Skip();
            return;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var isReason = json.ValueTextEquals("blockReason"u8);
            json.Read();
            if (isReason && json.TokenType == JsonTokenType.String)
            {
                Blocked = UpstreamText.Clean(json.GetString()!);
            }

            json.Skip();
        }
    }
}
