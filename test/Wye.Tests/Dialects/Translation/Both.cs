using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Dialects.Anthropic;
using Wye.Dialects.OpenAi;
using Wye.Testing;

namespace Wye.Dialects.Translation;

/// <summary>Short ways from one dialect into the other.</summary>
internal static class Both
{
    public const string AskOpenAi =
        "{\"model\":\"m\",\"stream\":true,\"stream_options\":{\"include_usage\":true},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    public const string AskAnthropic =
        "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    public const string AskThinking =
        "{\"model\":\"m\",\"max_tokens\":9,\"stream\":true,\"thinking\":{\"type\":\"adaptive\"},\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]}";

    public static readonly IDialect OpenAi = new OpenAiDialect(new ManualTime());
    public static readonly IDialect Anthropic = new AnthropicDialect();

    public static readonly ChatTarget Thinker = new() { MaxOutputTokens = 64_000, Reasons = true };

    public static ChatRequest Read(IDialect dialect, string body)
    {
        dialect
            .TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out var error)
            .ShouldBeTrue(error?.Message);
        return request!;
    }

    /// <summary>The body for the other side, and the names of what was dropped.</summary>
    public static (string Body, string[] Dropped) Write(
        IDialect to,
        ChatRequest request,
        ChatTarget? target = null,
        Func<ChatCall, ChatCall>? with = null
    )
    {
        to.CanWriteRequest(request, out var error).ShouldBeTrue(error?.Message);
        var output = new ArrayBufferWriter<byte>();
        List<string> dropped = [];
        var call = A.CallOf(request) with { Target = target ?? Thinker, Dropped = dropped };
        to.WriteRequest(with?.Invoke(call) ?? call, "up", output);
        return (Encoding.UTF8.GetString(output.WrittenSpan), [.. dropped.Distinct(StringComparer.Ordinal)]);
    }

    public static (string Body, string[] Dropped) ToAnthropic(string openAi, ChatTarget? target = null)
    {
        using var request = Read(OpenAi, openAi);
        return Write(Anthropic, request, target);
    }

    public static (string Body, string[] Dropped) ToOpenAi(string anthropic, ChatTarget? target = null)
    {
        using var request = Read(Anthropic, anthropic);
        return Write(OpenAi, request, target);
    }

    public static ChatError Refusal(IDialect from, IDialect to, string body)
    {
        using var request = Read(from, body);
        to.CanWriteRequest(request, out var error).ShouldBeFalse();
        from.StatusOf(error!).ShouldBe(400);
        error!.Code.ShouldBe(ChatErrorCodes.CannotTranslate);
        return error;
    }

    public static string Reply(IDialect from, IDialect to, string body, ChatRequest? asked = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var owner = new PooledBuffer();
        owner.Append(bytes);
        from.TryReadReply(owner, bytes.Length, out var reply, out var error).ShouldBeTrue(error?.Message);
        var output = new ArrayBufferWriter<byte>();
        if (asked is null)
        {
            to.WriteReply(reply!, output);
        }
        else
        {
            to.WriteReply(reply!, asked, output);
        }

        reply!.Dispose();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>What a caller of <paramref name="to"/> gets of a stream of <paramref name="from"/>.</summary>
    public static string Stream(IDialect from, IDialect to, ChatRequest asked, params string[] payloads)
    {
        var reader = from.CreateFrameReader();
        var writer = to.CreateFrameWriter(asked);
        var output = new ArrayBufferWriter<byte>();
        foreach (var payload in payloads)
        {
            var frame = reader.Read(null, A.Bytes(payload));
            frame.Error.ShouldBeNull();
            if (frame.Has(ChatFrameKinds.End))
            {
                writer.WriteEnd(frame, output);
            }
            else
            {
                writer.Write(frame, output);
            }
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
