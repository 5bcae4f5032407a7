using System.Text;
using Wye.Chat;
using Wye.Delivery;

namespace Wye.Testing;

/// <summary>A caller's side that writes down what it is given.</summary>
public sealed class RecordingSink(IList<string>? journal = null) : IDeliverySink
{
    /// <summary>What happened, in order; shared with a ledger to see the order of both.</summary>
    public IList<string> Journal { get; } = journal ?? new List<string>();

    /// <summary>End calls received.</summary>
    public int Ends { get; private set; }

    /// <summary>The error of the end call; null = the answer was whole.</summary>
    public ChatError? Error { get; private set; }

    /// <summary>The outcome of the end call.</summary>
    public Outcome? Outcome { get; private set; }

    /// <summary>The head a stream began with.</summary>
    public DeliveryHead? Head { get; private set; }

    /// <summary>Text of everything that reached the caller.</summary>
    public string Text { get; private set; } = "";

    /// <summary>Whether it takes heartbeats; they are noted as <c>ping</c>.</summary>
    public bool TakesHeartbeats { get; set; }

    /// <summary>Runs at each write, after it is noted.</summary>
    public Func<string, ValueTask>? OnWrite { get; set; }

    /// <summary>Runs when the caller is given up.</summary>
    public Action? OnGiveUp { get; set; }

    /// <inheritdoc/>
    public ValueTask ReplyAsync(ChatReply reply, Outcome outcome, CancellationToken cancellationToken)
    {
        Text += Encoding.UTF8.GetString(reply.Body.Span);
        return EndAsync("reply", error: null, outcome);
    }

    /// <inheritdoc/>
    public ValueTask FailAsync(ChatError error, Outcome outcome, CancellationToken cancellationToken) =>
        EndAsync($"fail {error.Kind}", error, outcome);

    /// <inheritdoc/>
    public async ValueTask<bool> HeartbeatAsync(DeliveryHead head, CancellationToken cancellationToken)
    {
        if (TakesHeartbeats)
        {
            await NoteAsync("ping");
        }

        return TakesHeartbeats;
    }

    /// <inheritdoc/>
    public ValueTask StartStreamAsync(DeliveryHead head, CancellationToken cancellationToken)
    {
        Head = head;
        return NoteAsync("start");
    }

    /// <inheritdoc/>
    public ValueTask WriteFrameAsync(ChatFrame frame, CancellationToken cancellationToken)
    {
        var data = Encoding.UTF8.GetString(frame.Data.Span);
        Text += frame.Has(ChatFrameKinds.Content) ? data : "";
        return NoteAsync(data);
    }

    /// <inheritdoc/>
    public void GiveUp()
    {
        Journal.Add("give up");
        OnGiveUp?.Invoke();
    }

    /// <inheritdoc/>
    public ValueTask EndStreamAsync(
        ChatFrame terminator,
        ChatError? error,
        Outcome outcome,
        CancellationToken cancellationToken
    ) =>
        EndAsync(
            error is null ? $"end {Encoding.UTF8.GetString(terminator.Data.Span)}" : $"cut {error.Kind}",
            error,
            outcome
        );

    private ValueTask EndAsync(string what, ChatError? error, Outcome outcome)
    {
        Ends++;
        Error = error;
        Outcome = outcome;
        return NoteAsync(what);
    }

    private ValueTask NoteAsync(string what)
    {
        Journal.Add(what);
        return OnWrite?.Invoke(what) ?? ValueTask.CompletedTask;
    }
}
