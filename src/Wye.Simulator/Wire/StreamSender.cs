using System.Buffers;
using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Simulator.Wire;

/// <summary>Sends an answer as server-sent events.</summary>
internal sealed class StreamSender(
    SimulatorCore core,
    HttpContext http,
    ChatFace face,
    SimulatedCall call,
    Reply whole,
    Meter meter
)
{
    private const int FlushBytes = 4_096;
    private readonly Reply _reply = ReplyShapes.Bend(whole, meter.Fault);
    private readonly Fault _fault = meter.Fault;
    private readonly ArrayBufferWriter<byte> _buffer = new(FlushBytes + 1_024);

    public async Task SendAsync()
    {
        meter.Begin(_reply);
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        var pieces = StreamPieces.Of(_reply, core.Options.TokensPerChunk);
        if (_fault.Kind == FaultKind.ReorderedChunks)
        {
            SwapPairs(pieces);
        }

        await core.PaceAsync(
            call.Model.FirstToken + (call.Model.PerToken * _reply.ReasoningTokens),
            http.RequestAborted
        );
        face.WriteStart(_buffer, call, _reply, ReplyShapes.Usage(_reply, Math.Min(1, _reply.OutputTokens), _fault));
        var breakAt = BreakPoint(_fault, pieces.Count);
        long billed = _reply.ReasoningTokens;
        for (var i = 0; i < pieces.Count; i++)
        {
            if (i == breakAt && await BreakAsync())
            {
                return;
            }

            var piece = pieces[i];
            await core.PaceAsync(call.Model.PerToken * (piece.OutputTokens - billed), http.RequestAborted);
            billed = Math.Max(billed, piece.OutputTokens);
            await SendPieceAsync(piece, billed);
        }

        if (pieces.Count <= breakAt && await BreakAsync())
        {
            return;
        }

        await FinishAsync();
    }

    /// <summary>Before which piece the fault strikes; after the last piece for one that would strike later; never: -1.</summary>
    private static int BreakPoint(Fault fault, int pieces) =>
        fault.Kind switch
        {
            FaultKind.StallBeforeContent or FaultKind.TruncatedJson or FaultKind.InvalidJson => 0,
            FaultKind.EndlessStream => pieces,
            FaultKind.StallMidStream
            or FaultKind.CutStream
            or FaultKind.EndWithoutFinish
            or FaultKind.HalfLine
            or FaultKind.MalformedChunk
            or FaultKind.HugeLine
            or FaultKind.ErrorEvent => Math.Min(fault.AfterChunks, pieces),
            _ => -1,
        };

    private static void SwapPairs(List<StreamPiece> pieces)
    {
        for (var i = 0; i + 1 < pieces.Count; i += 2)
        {
            (pieces[i], pieces[i + 1]) = (pieces[i + 1], pieces[i]);
        }
    }

    private async ValueTask SendPieceAsync(StreamPiece piece, long output)
    {
        var usage = call.ContinuousUsage ? ReplyShapes.Usage(_reply, output, _fault) : null;
        face.WritePiece(_buffer, call, _reply, piece, usage);
        if (_fault.Kind == FaultKind.DuplicateChunks)
        {
            face.WritePiece(_buffer, call, _reply, piece, usage);
        }

        var first = !meter.ContentSent;
        meter.ContentSent = true;
        meter.Output = output;
        if (first || core.Options.LatencyScale > 0 || _buffer.WrittenCount >= FlushBytes)
        {
            await FlushAsync();
        }

        http.RequestAborted.ThrowIfCancellationRequested();
    }

    /// <summary>Does what the fault says at its place; true: the stream is over.</summary>
    private async Task<bool> BreakAsync()
    {
        switch (_fault.Kind)
        {
            case FaultKind.StallBeforeContent or FaultKind.StallMidStream:
                await FlushAsync();
                await Connection.StallAsync(http, _fault.Duration, core.Options.Time);
                return false;
            case FaultKind.CutStream:
                meter.Break();
                await FlushAsync();
                await Connection.CutAsync(http);
                return true;
            case FaultKind.EndWithoutFinish:
                meter.Break();
                await FlushAsync();
                return true;
            case FaultKind.HalfLine or FaultKind.TruncatedJson:
                meter.Break();
                face.WriteHalfChunk(_buffer);
                await FlushAsync();
                return true;
            case FaultKind.ErrorEvent:
                meter.Break();
                face.WriteErrorEvent(_buffer, face.ErrorOf(_fault, call));
                await FlushAsync();
                return true;
            case FaultKind.MalformedChunk or FaultKind.InvalidJson:
                meter.Break();
                face.WriteBrokenChunk(_buffer);
                await FlushAsync();
                return true;
            case FaultKind.HugeLine:
                meter.Break();
                face.WriteText(_buffer, call, ReplyShapes.HugeText(_fault.Bytes));
                await FlushAsync();
                return true;
            default:
                await EndlessAsync();
                return true;
        }
    }

    private async Task EndlessAsync()
    {
        var more = System.Text.Encoding.UTF8.GetBytes(" and so on and on");
        while (true)
        {
            face.WriteText(_buffer, call, more);
            meter.ContentSent = true;
            meter.Output += Tokenizer.Count(more.Length);
            await core.PaceAsync(call.Model.PerToken * Tokenizer.Count(more.Length), http.RequestAborted);
            if (_buffer.WrittenCount >= FlushBytes || core.Options.LatencyScale > 0)
            {
                await FlushAsync();
                http.RequestAborted.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task FinishAsync()
    {
        // The bill is written before the last bytes leave: who has read the end finds the line.
        meter.Complete();
        var usage = ReplyShapes.Usage(_reply, _reply.OutputTokens, _fault);
        face.WriteFinish(_buffer, call, _reply, usage);
        face.WriteUsage(_buffer, call, usage);
        if (_fault.Kind != FaultKind.EndWithoutDone)
        {
            face.WriteDone(_buffer);
        }

        await FlushAsync();
    }

    private async ValueTask FlushAsync()
    {
        await http.Response.BodyWriter.WriteAsync(_buffer.WrittenMemory, http.RequestAborted);
        _buffer.ResetWrittenCount();
    }
}
