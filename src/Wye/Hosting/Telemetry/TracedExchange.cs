using System.Diagnostics;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Hosting.Telemetry;

/// <summary>A stream whose span ends with its last frame, or when it is given up.</summary>
internal sealed class TracedExchange(ChatExchange stream, Activity span, Deployment deployment) : ChatExchange
{
    private FinishReason _finish;
    private Usage? _usage;
    private bool _ended;

    /// <inheritdoc/>
    public override async ValueTask<ChatFrame> ReadFrameAsync(CancellationToken cancellationToken)
    {
        var frame = await stream.ReadFrameAsync(cancellationToken);
        _usage = frame.Usage ?? _usage;
        _finish = frame.Has(ChatFrameKinds.Finish) ? frame.Finish : _finish;
        if (frame.Has(ChatFrameKinds.Error))
        {
            End(frame.Error?.Kind ?? FailureKind.StreamCut);
        }
        else if (frame.Has(ChatFrameKinds.End))
        {
            End(failure: null);
        }

        return frame;
    }

    /// <inheritdoc/>
    public override async ValueTask DisposeAsync()
    {
        // Given up before its end: a timeout, or the caller left.
        End(FailureKind.StreamCut);
        await stream.DisposeAsync();
        await base.DisposeAsync();
    }

    private void End(FailureKind? failure)
    {
        if (_ended)
        {
            return;
        }

        _ended = true;
        CallSpan.Describe(span, deployment, _finish, _usage);
        if (failure is { } kind)
        {
            CallSpan.Fail(span, kind);
        }

        span.Dispose();
    }
}
