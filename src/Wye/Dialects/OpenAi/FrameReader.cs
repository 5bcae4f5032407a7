using System.Buffers;
using System.Text.Json;
using System.Text.Unicode;
using Wye.Chat;
using Wye.Dialects.Errors;
using Wye.Dialects.OpenAi.Translation;
using Wye.Dialects.Text;
using Wye.Primitives;

namespace Wye.Dialects.OpenAi;

/// <summary>Reads the chunks of one stream.</summary>
/// <param name="dialect">Chat completions, or the older ones, whose chunks differ only in where their text stands.</param>
/// <param name="logProbs">What becomes of log-probabilities.</param>
internal sealed class FrameReader(DialectId dialect, LogProbUse logProbs = LogProbUse.Relay) : IFrameReader
{
    // Made with the first chunk that something is taken out of.
    private ArrayBufferWriter<byte>? _cut;
    private readonly EventReader _events = new();
    private bool _refused;

    /// <inheritdoc/>
    public ChatFrame Read(string? eventName, ReadOnlyMemory<byte> data)
    {
        var frame = new ChatFrame
        {
            Dialect = dialect,
            EventName = eventName,
            Data = data,
            Events = dialect == DialectId.OpenAi ? _events : null,
        };
        var payload = data.Span.Trim(" \t\r\n"u8);
        if (payload.IsEmpty)
        {
            return frame;
        }

        if (payload.SequenceEqual("[DONE]"u8))
        {
            return frame with { Kinds = ChatFrameKinds.End };
        }

        var chunk = default(ChunkView);
        chunk.Error = string.Equals(eventName, "error", StringComparison.Ordinal);
        if (!Utf8.IsValid(payload) || !TryScan(payload, ref chunk))
        {
            return frame with
            {
                Kinds = ChatFrameKinds.Error,
                Error = new ChatError(FailureKind.BadResponse, "The provider sent a chunk that is not a JSON object."),
            };
        }

        if (chunk.EmptyId > 0)
        {
            chunk.EmptyId += data.Length - data.Span.TrimStart(" \t\r\n"u8).Length;
        }

        return chunk.Error
            ? frame with
            {
                Kinds = ChatFrameKinds.Error,
                Error = ErrorReader.OfEvent(payload),
            }
            : Fill(frame, chunk);
    }

    private ChatFrame Fill(ChatFrame frame, in ChunkView chunk)
    {
        _refused |= chunk.Refused;
        var finish = chunk.Finish == FinishReason.Stop && _refused ? FinishReason.ContentFilter : chunk.Finish;
        frame = frame with { EmptyId = chunk.EmptyId };
        if (logProbs != LogProbUse.Relay)
        {
            frame = ReadLogProbs(frame);
        }

        return frame with
        {
            Kinds = chunk.Kinds,
            ContentBytes = chunk.ContentBytes,
            Finish = finish,
            Usage = chunk.Usage is { } usage ? usage with { ServiceTier = chunk.Tier } : null,
        };
    }

    private ChatFrame ReadLogProbs(in ChatFrame frame)
    {
        var read = frame with { Confidence = HiddenLogProbs.ConfidenceOf(frame.Data) };
        var at = logProbs == LogProbUse.Read ? -1 : frame.Data.Span.IndexOf("logprobs"u8);
        if (at < 0)
        {
            return read;
        }

        _cut ??= new ArrayBufferWriter<byte>(frame.Data.Length);
        _cut.ResetWrittenCount();
        HiddenLogProbs.Cut(frame.Data.Span, default, _cut);
        // Behind what is taken out it would stand elsewhere.
        return read with { Data = _cut.WrittenMemory, EmptyId = read.EmptyId < at ? read.EmptyId : 0 };
    }

    private bool TryScan(ReadOnlySpan<byte> payload, ref ChunkView chunk)
    {
        try
        {
            var json = new Utf8JsonReader(payload);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                return false;
            }

            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                ReadMember(ref json, ref chunk);
            }

            return !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private void ReadMember(ref Utf8JsonReader json, ref ChunkView chunk)
    {
        if (json.ValueTextEquals("choices"u8))
        {
            json.Read();
            if (json.TokenType == JsonTokenType.StartArray)
            {
                while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                {
                    chunk.Add(ChoiceReader.Read(ref json, dialect == DialectId.OpenAi ? "delta"u8 : "text"u8));
                }

                return;
            }
        }
        else if (json.ValueTextEquals("usage"u8))
        {
            json.Read();
            chunk.HasUsage |= json.TokenType == JsonTokenType.StartObject;
            chunk.Usage = UsageReader.Read(ref json);
            return;
        }
        else if (json.ValueTextEquals("service_tier"u8))
        {
            chunk.Tier = JsonTier.ReadNext(ref json);
            return;
        }
        else if (json.ValueTextEquals("id"u8))
        {
            json.Read();
            var isEmpty = json.TokenType == JsonTokenType.String && json.ValueSpan.IsEmpty;
            chunk.EmptyId = isEmpty ? (int)json.TokenStartIndex : 0;
        }
        else
        {
            var isError = json.ValueTextEquals("error"u8);
            json.Read();
            chunk.Error |= isError && json.TokenType is not (JsonTokenType.Null or JsonTokenType.False);
        }

        json.Skip();
    }
}
