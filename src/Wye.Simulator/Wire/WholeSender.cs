using System.Buffers;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire;

/// <summary>Sends an answer that is not streamed.</summary>
internal sealed class WholeSender(
    SimulatorCore core,
    HttpContext http,
    ChatFace face,
    SimulatedCall call,
    Reply reply,
    Meter meter
)
{
    public async Task SendAsync()
    {
        var fault = meter.Fault;
        await core.PaceAsync(call.Model.FirstToken + (call.Model.PerToken * reply.OutputTokens), http.RequestAborted);
        var shaped = ReplyShapes.Bend(reply, fault);
        meter.Begin(shaped);
        var body = new ArrayBufferWriter<byte>(1_024 + (int)Math.Min(Size(shaped), 1 << 20));
        face.WriteReply(body, call, shaped, ReplyShapes.Usage(shaped, shaped.OutputTokens, fault));
        await SendAsync(fault, body.WrittenMemory);
    }

    private async Task SendAsync(Fault fault, ReadOnlyMemory<byte> body)
    {
        switch (fault.Kind)
        {
            case FaultKind.TruncatedJson or FaultKind.EndWithoutFinish or FaultKind.HalfLine:
                meter.Break();
                await EndAsync(body[..(body.Length / 2)]);
                break;
            case FaultKind.InvalidJson or FaultKind.MalformedChunk:
                meter.Break();
                await WriteAsync(face.WriteBrokenReply);
                break;
            case FaultKind.ErrorEvent:
                meter.Break();
                await WriteAsync(body => face.WriteError(body, face.ErrorOf(fault, call)));
                break;
            case FaultKind.HugeLine:
                // Valid JSON all the same: white space before the object.
                meter.Complete();
                Head(fault.Bytes + body.Length);
                await http.Response.BodyWriter.WriteAsync(ReplyShapes.HugeSpace(fault.Bytes));
                await http.Response.BodyWriter.WriteAsync(body);
                break;
            case FaultKind.CutStream:
                await HalfAsync(body);
                meter.Break();
                await Connection.CutAsync(http);
                break;
            case FaultKind.StallBeforeContent:
                Head(body.Length);
                await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
                await Connection.StallAsync(http, fault.Duration, core.Options.Time);
                meter.Complete();
                await http.Response.BodyWriter.WriteAsync(body);
                break;
            case FaultKind.StallMidStream:
                await HalfAsync(body);
                await Connection.StallAsync(http, fault.Duration, core.Options.Time);
                meter.Complete();
                await http.Response.BodyWriter.WriteAsync(body[(body.Length / 2)..]);
                break;
            case FaultKind.EndlessStream:
                await EndlessAsync();
                break;
            default:
                meter.Complete();
                await EndAsync(body);
                break;
        }
    }

    private void Head(int length)
    {
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = length;
    }

    private Task WriteAsync(Action<IBufferWriter<byte>> write)
    {
        var body = new ArrayBufferWriter<byte>();
        write(body);
        return EndAsync(body.WrittenMemory);
    }

    private async Task EndAsync(ReadOnlyMemory<byte> body)
    {
        Head(body.Length);
        await http.Response.BodyWriter.WriteAsync(body);
    }

    private async Task HalfAsync(ReadOnlyMemory<byte> body)
    {
        Head(body.Length);
        // Half a body is no content: nobody can read half a JSON object.
        await http.Response.BodyWriter.WriteAsync(body[..(body.Length / 2)], http.RequestAborted);
    }

    private async Task EndlessAsync()
    {
        http.Response.ContentType = "application/json";
        var writer = http.Response.BodyWriter;
        var head = new ArrayBufferWriter<byte>();
        face.WriteReplyHead(head, call);
        await writer.WriteAsync(head.WrittenMemory, http.RequestAborted);
        meter.ContentSent = true;
        meter.Output = 0;
        var more = System.Text.Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("and so on ", 400)));
        while (true)
        {
            await writer.WriteAsync(more, http.RequestAborted);
            http.RequestAborted.ThrowIfCancellationRequested();
            meter.Output += more.Length / Tokenizer.BytesPerToken;
        }
    }

    private static long Size(Reply reply)
    {
        long size = 0;
        foreach (var choice in reply.Choices)
        {
            size += 64 + choice.Bytes + (choice.Bytes / 16);
        }

        return size;
    }
}
