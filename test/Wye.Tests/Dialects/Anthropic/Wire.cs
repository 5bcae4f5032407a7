using System.Buffers;
using System.Text;
using Wye.Chat;
using Wye.Testing;

namespace Wye.Dialects.Anthropic;

/// <summary>Short ways into the dialect for its tests.</summary>
internal static class Wire
{
    public const string Messages = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    public static readonly IDialect Dialect = new AnthropicDialect();

    /// <summary>A whole body around further members.</summary>
    public static string Body(string members) =>
        $"{{\"model\":\"auto\",\"max_tokens\":100,{Messages}{(members.Length == 0 ? "" : ",")}{members}}}";

    public static ChatRequest Read(string body)
    {
        var read = Dialect.TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out var error);
        error?.Message.ShouldBeNull();
        read.ShouldBeTrue();
        return request!;
    }

    public static ChatError Refuse(string body)
    {
        Dialect.TryReadRequest(A.Bytes(body), CallerHints.None, out var request, out var error).ShouldBeFalse(body);
        request.ShouldBeNull();
        return error!;
    }

    public static string Write(ChatCall call, string model = "upstream-1")
    {
        var output = new ArrayBufferWriter<byte>();
        Dialect.WriteRequest(call, model, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public static bool TryReadReply(string body, out ChatReply? reply, out ChatError? error)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var buffer = new PooledBuffer();
        buffer.Append(bytes);
        return Dialect.TryReadReply(buffer, bytes.Length, out reply, out error);
    }

    public static string Text(ReadOnlyMemory<byte> utf8) => Encoding.UTF8.GetString(utf8.Span);
}
