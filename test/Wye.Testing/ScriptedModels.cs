using System.Collections.Concurrent;
using Wye.Catalog;
using Wye.Chat;
using Wye.Delivery;
using Wye.Primitives;

namespace Wye.Testing;

/// <summary>Models that do what they are told, deployment by deployment, call by call.</summary>
public sealed class ScriptedModels : IModelSource
{
    private readonly ConcurrentDictionary<DeploymentId, ConcurrentQueue<Script>> _scripts = new();

    private readonly ConcurrentDictionary<DeploymentId, ConcurrentQueue<TaskCompletionSource>> _holds = new();

    private readonly ConcurrentDictionary<DeploymentId, ChatError> _refusals = new();

    /// <summary>Calls made, in order.</summary>
    public IList<(DeploymentId Deployment, ChatCall Call)> Calls { get; } = [];

    /// <summary>Exchanges handed out and not yet disposed.</summary>
    public int OpenExchanges { get; private set; }

    /// <summary>Called at the start of each call.</summary>
    public Action<DeploymentId>? OnCall { get; set; }

    /// <summary>What a deployment does next, call after call; the last script repeats.</summary>
    public void Plan(string deployment, params Script[] scripts) => _scripts[new(deployment)] = new(scripts);

    /// <summary>A deployment cannot take requests, which is known without a call.</summary>
    public void Refuse(string deployment, ChatError why) => _refusals[new(deployment)] = why;

    /// <summary>Calls to a deployment get nowhere until it is released.</summary>
    public void Hold(string deployment) => _holds[new(deployment)] = new();

    /// <summary>Lets the held calls go on, one after the other, and later ones through.</summary>
    public void Release(string deployment)
    {
        _holds.TryRemove(new(deployment), out var held);
        while (held!.TryDequeue(out var call))
        {
            call.SetResult();
        }
    }

    /// <inheritdoc/>
    public IChatModel Open(Deployment deployment) => new Model(this, deployment.Id);

    private Script Next(DeploymentId id)
    {
        var queue = _scripts.TryGetValue(id, out var known)
            ? known
            : throw new InvalidOperationException($"No script for {id}.");
        return queue.Count > 1 && queue.TryDequeue(out var next) ? next
            : queue.TryPeek(out var last) ? last
            : throw new InvalidOperationException($"No script for {id}.");
    }

    private sealed class Model(ScriptedModels owner, DeploymentId id) : IChatModel
    {
        public ChatError? RefusalOf(ChatRequest request) => owner._refusals.GetValueOrDefault(id);

        public async ValueTask<ChatExchange> SendAsync(ChatCall call, CancellationToken cancellationToken)
        {
            owner.Calls.Add((id, call));
            owner.OnCall?.Invoke(id);
            if (owner._holds.TryGetValue(id, out var hold))
            {
                var released = new TaskCompletionSource();
                hold.Enqueue(released);
                await released.Task;
            }

            var script = owner.Next(id);
            if (script.Throws is { } exception)
            {
                throw exception;
            }

            if (script.Hangs)
            {
                await WaitAsync(cancellationToken);
            }

            owner.OpenExchanges++;
            return new Exchange(owner, script);
        }
    }

    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        // Continuations run inline, so that moving the clock runs everything that follows from it.
        var never = new TaskCompletionSource();
        using var registration = cancellationToken.Register(() => never.TrySetCanceled(cancellationToken));
        await never.Task;
    }

    private sealed class Exchange : ChatExchange
    {
        private readonly ScriptedModels _owner;
        private readonly IReadOnlyList<FrameStep> _steps;
        private byte[]? _lent;
        private int _at;
        private bool _disposed;

        public Exchange(ScriptedModels owner, Script script)
        {
            _owner = owner;
            _steps = script.Frames ?? [];
            Error = script.Error;
            Reply = script.Text is null
                ? null
                : new ChatReply
                {
                    Dialect = DialectId.OpenAi,
                    Body = System.Text.Encoding.UTF8.GetBytes(script.Text),
                    Text = System.Text.Encoding.UTF8.GetBytes(script.Text),
                    Usage = script.Usage,
                    Finish = script.Finish,
                };
        }

        public override async ValueTask<ChatFrame> ReadFrameAsync(CancellationToken cancellationToken)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            cancellationToken.ThrowIfCancellationRequested();
            // The memory of the frame before is no longer valid: whoever kept it reads rubbish.
            _lent?.AsSpan().Fill((byte)'#');
            if (_steps[_at++].Frame is not { } frame)
            {
                await WaitAsync(cancellationToken);
                throw new InvalidOperationException("A stall only ends by cancellation.");
            }

            _lent = frame.Data.ToArray();
            return frame with { Data = _lent };
        }

        public override ValueTask DisposeAsync()
        {
            if (!_disposed)
            {
                _disposed = true;
                _owner.OpenExchanges--;
                _lent?.AsSpan().Fill((byte)'#');
            }

            return base.DisposeAsync();
        }
    }
}
