using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Dialects.Anthropic;
using Wye.Dialects.Gemini;
using Wye.Dialects.OpenAi;
using Wye.Dialects.OpenAi.Completions;
using Wye.Dialects.OpenAi.Embeddings;
using Wye.Dialects.OpenAi.Responses;
using Wye.Testing;

namespace Wye.Dialects;

/// <summary>Every dialect, and short ways from callers to providers and back.</summary>
internal static class Faces
{
    public static readonly IDialect OpenAi = new OpenAiDialect(new ManualTime());
    public static readonly IDialect Anthropic = new AnthropicDialect();
    public static readonly IProviderDialect Gemini = new GeminiDialect();
    public static readonly ResponsesDialect Responses = new(new ManualTime());
    public static readonly IDialect Completions = new CompletionsDialect(new ManualTime());
    public static readonly IDialect Embeddings = new EmbeddingsDialect();

    public static ICallerDialect Caller(string name) =>
        name switch
        {
            "openai" => OpenAi,
            "anthropic" => Anthropic,
            "responses" => Responses,
            "completions" => Completions,
            "embeddings" => Embeddings,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    public static IProviderDialect Provider(string name) =>
        name switch
        {
            "openai" => OpenAi,
            "anthropic" => Anthropic,
            "gemini" => Gemini,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };

    public static ChatRequest Read(ICallerDialect dialect, string body)
    {
        dialect
            .TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out var error)
            .ShouldBeTrue(error?.Message);
        return request!;
    }

    public static ChatError Refuse(ICallerDialect dialect, string body)
    {
        dialect.TryReadRequest(A.Bytes(body), CallerHints.None, out _, out var error).ShouldBeFalse(body);
        return error!;
    }

    /// <summary>The body for a provider, and the names of what was dropped.</summary>
    public static (string Body, string[] Dropped) Write(
        IProviderDialect to,
        ChatRequest request,
        ChatTarget? target = null
    )
    {
        to.CanWriteRequest(request, out var error).ShouldBeTrue(error?.Message);
        var output = new ArrayBufferWriter<byte>();
        List<string> dropped = [];
        var thinker = new ChatTarget { MaxOutputTokens = 64_000, Reasons = true };
        to.WriteRequest(A.CallOf(request) with { Target = target ?? thinker, Dropped = dropped }, "up", output);
        return (Encoding.UTF8.GetString(output.WrittenSpan), [.. dropped.Distinct(StringComparer.Ordinal)]);
    }

    public static string Answer(IProviderDialect from, ICallerDialect to, ChatRequest asked, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var owner = new PooledBuffer();
        owner.Append(bytes);
        from.TryReadReply(owner, bytes.Length, out var reply, out var error).ShouldBeTrue(error?.Message);
        var output = new ArrayBufferWriter<byte>();
        to.WriteReply(reply!, asked, output);
        reply!.Dispose();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>What a caller gets of a stream; its end is written, whatever the last payload.</summary>
    public static string Stream(IProviderDialect from, ICallerDialect to, ChatRequest asked, params string[] payloads)
    {
        var reader = from.CreateFrameReader();
        var writer = to.CreateFrameWriter(asked);
        var output = new ArrayBufferWriter<byte>();
        foreach (var payload in payloads)
        {
            var frame = reader.Read(null, A.Bytes(payload));
            frame.Error.ShouldBeNull();
            if (!frame.Has(ChatFrameKinds.End))
            {
                writer.Write(frame, output);
            }
        }

        writer.WriteEnd(default, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static IMemoryOwner<byte> Owned(string text)
    {
        var buffer = new PooledBuffer();
        buffer.Append(Encoding.UTF8.GetBytes(text));
        return buffer;
    }
}
