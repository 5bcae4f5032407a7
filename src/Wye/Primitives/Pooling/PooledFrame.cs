using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Wye.Primitives.Pooling;

/// <summary>A suspended async method and the source of its task. Used by <see cref="PooledMethodBuilder{TResult}"/> only.</summary>
/// <typeparam name="TResult">The method's result.</typeparam>
internal class PooledFrame<TResult> : IValueTaskSource<TResult>, IValueTaskSource
{
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

    private PooledFrame() => Resume = MoveNext;

    /// <summary>The method's state.</summary>
    public TMachine? Machine;

    /// <summary>What the method goes on in.</summary>
    public ExecutionContext? Context;

    /// <summary>Goes on with the method.</summary>
    public Action Resume { get; }

    /// <summary>A frame of its own until its task's result is taken.</summary>
    public static PooledFrame<TMachine, TResult> Rent() => FramePool<PooledFrame<TMachine, TResult>>.TryRent() ?? new();

    protected override void Return()
    {
        // What the method held must not be kept.
        Machine = default;
        Context = null;
        FramePool<PooledFrame<TMachine, TResult>>.Return(this);
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
