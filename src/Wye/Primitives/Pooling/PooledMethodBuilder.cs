using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wye.Primitives.Pooling;

/// <summary>
/// Builds <see cref="ValueTask{TResult}"/>s of async methods whose frames are kept and used again, as many as a core has calls
/// under way. The runtime's own pooling builder keeps one frame per thread and core, which a gateway's calls, suspended by the
/// hundred, find taken.
/// </summary>
/// <remarks>
/// Put on a method by <see cref="AsyncMethodBuilderAttribute"/>. As for the runtime's: the task is awaited exactly once.
/// </remarks>
/// <typeparam name="TResult">The method's result.</typeparam>
[StructLayout(LayoutKind.Auto)]
internal struct PooledMethodBuilder<TResult>
{
    private PooledFrame<TResult>? _frame;
    private TResult _result;

    public static PooledMethodBuilder<TResult> Create() => default;

    /// <summary>The method's task; asked for once, when it first returns.</summary>
    public readonly ValueTask<TResult> Task =>
        _frame is null ? new ValueTask<TResult>(_result) : new ValueTask<TResult>(_frame, _frame.Version);

    /// <summary>The same without a result.</summary>
    public readonly ValueTask AsVoid() => _frame is null ? default : new ValueTask(_frame, _frame.Version);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Start<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine =>
        // Restores the caller's context afterwards; the builder itself plays no part in it.
        default(AsyncTaskMethodBuilder).Start(ref machine);

    public readonly void SetStateMachine(IAsyncStateMachine machine) => _ = machine;

    public void SetResult(TResult result)
    {
        if (_frame is null)
        {
            _result = result;
        }
        else
        {
            _frame.SetResult(result);
        }
    }

    public void SetException(Exception exception)
    {
        // A method that throws before it waits has no frame yet; one that is not pooled carries the fault.
        _frame ??= new PooledFrame<TResult>();
        _frame.SetException(exception);
    }

    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion
        where TMachine : IAsyncStateMachine => awaiter.OnCompleted(Suspend(ref machine));

    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TMachine : IAsyncStateMachine => awaiter.UnsafeOnCompleted(Suspend(ref machine));

    private Action Suspend<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine
    {
        if (_frame is not PooledFrame<TMachine, TResult> frame)
        {
            // The builder is a field of the machine: noted before the machine is copied.
            _frame = frame = PooledFrame<TMachine, TResult>.Rent();
            frame.Machine = machine;
        }

        frame.Context = ExecutionContext.Capture();
        return frame.Resume;
    }
}

/// <summary>The same for <see cref="ValueTask"/>.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct PooledMethodBuilder
{
    private PooledMethodBuilder<bool> _builder;

    public static PooledMethodBuilder Create() => default;

    public readonly ValueTask Task => _builder.AsVoid();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public readonly void Start<TMachine>(ref TMachine machine)
        where TMachine : IAsyncStateMachine => default(AsyncTaskMethodBuilder).Start(ref machine);

    public readonly void SetStateMachine(IAsyncStateMachine machine) => _ = machine;

    public void SetResult() => _builder.SetResult(true);

    public void SetException(Exception exception) => _builder.SetException(exception);

    public void AwaitOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : INotifyCompletion
        where TMachine : IAsyncStateMachine => _builder.AwaitOnCompleted(ref awaiter, ref machine);

    public void AwaitUnsafeOnCompleted<TAwaiter, TMachine>(ref TAwaiter awaiter, ref TMachine machine)
        where TAwaiter : ICriticalNotifyCompletion
        where TMachine : IAsyncStateMachine => _builder.AwaitUnsafeOnCompleted(ref awaiter, ref machine);
}
