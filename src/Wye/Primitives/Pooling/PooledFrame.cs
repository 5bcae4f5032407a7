using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Wye.Primitives.Pooling;

/// <summary>A suspended async method and the source of its task. Used by <see cref="PooledMethodBuilder{TResult}"/> only.</summary>
/// <typeparam name="TResult">The method's result.</typeparam>
internal class PooledFrame<TResult> : IValueTaskSource<TResult>, IValueTaskSource
{
    /// <summary>Frames that a thread keeps of one method, as many as it may have calls; those beyond are left to the collector.</summary>
    public const int MostKept = 128;

    private ManualResetValueTaskSourceCore<TResult> _source;

    public short Version => _source.Version;

    public void SetResult(TResult result) => _source.SetResult(result);

    public void SetException(Exception exception) => _source.SetException(exception);

    public ValueTaskSourceStatus GetStatus(short token) => _source.GetStatus(token);

    public void OnCompleted(
        Action<object?> continuation,
        object? state,
        short token,
        ValueTaskSourceOnCompletedFlags flags
    ) => _source.OnCompleted(continuation, state, token, flags);

    public TResult GetResult(short token)
    {
        // Throws for a task that is asked twice, whose frame may be another's by now.
        var status = _source.GetStatus(token);
        try
        {
            return _source.GetResult(token);
        }
        finally
        {
            if (status != ValueTaskSourceStatus.Pending)
            {
                _source.Reset();
                Return();
            }
        }
    }

    void IValueTaskSource.GetResult(short token) => GetResult(token);

    /// <summary>Nobody asks any more.</summary>
    protected virtual void Return() { }
}

/// <summary>The frame of one method.</summary>
/// <typeparam name="TMachine">The method's state machine.</typeparam>
/// <typeparam name="TResult">Its result.</typeparam>
internal sealed class PooledFrame<TMachine, TResult> : PooledFrame<TResult>
    where TMachine : IAsyncStateMachine
{
    private static readonly ContextCallback InContext = static frame =>
        ((PooledFrame<TMachine, TResult>)frame!).Machine!.MoveNext();

    // Each thread has its own, so that none waits. A call that another thread goes on with leaves its frame there.
    [ThreadStatic]
    private static PooledFrame<TMachine, TResult>? _kept;

    private PooledFrame<TMachine, TResult>? _next;
    private int _depth;

    private PooledFrame() => Resume = MoveNext;

    /// <summary>The method's state.</summary>
    public TMachine? Machine;

    /// <summary>What the method goes on in.</summary>
    public ExecutionContext? Context;

    /// <summary>Goes on with the method.</summary>
    public Action Resume { get; }

    /// <summary>A frame of its own until its task's result is taken.</summary>
    public static PooledFrame<TMachine, TResult> Rent()
    {
        // The thread's place is looked up once.
        ref var kept = ref _kept;
        if (kept is not { } frame)
        {
            return new();
        }

        kept = frame._next;
        frame._next = null;
        return frame;
    }

    protected override void Return()
    {
        // What the method held must not be kept.
        Machine = default;
        Context = null;
        ref var kept = ref _kept;
        _depth = kept is null ? 1 : kept._depth + 1;
        if (_depth <= MostKept)
        {
            _next = kept;
            kept = this;
        }
    }

    private void MoveNext()
    {
        if (Context is { } context)
        {
            ExecutionContext.Run(context, InContext, this);
        }
        else
        {
            // Its flow was suppressed.
            Machine!.MoveNext();
        }
    }
}
