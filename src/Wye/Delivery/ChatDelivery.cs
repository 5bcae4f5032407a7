using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wye.Chat;
using Wye.Delivery.Attempts;
using Wye.Delivery.Walking;
using Wye.Gates;
using Wye.Health;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Primitives.Pooling;
using Wye.Primitives.Randomness;
using Wye.Routing.Plans;
using Wye.Sessions;

namespace Wye.Delivery;

/// <summary>Delivers requests: walks the plan, calls models, settles, and only then lets the last byte go. Thread-safe.</summary>
/// <param name="models">Gives the model behind a deployment.</param>
/// <param name="health">Live state of deployments; admits calls and hears their verdicts.</param>
/// <param name="ledger">Takes the finished request before its last byte leaves.</param>
/// <param name="time">Clock of all timeouts.</param>
/// <param name="random">Jitter, and what balancing needs.</param>
/// <param name="options">Waits between retries; null = the defaults.</param>
/// <param name="observers">Hear of every outcome after its last byte; null = nobody.</param>
/// <param name="gates">Judges answers; null = plans with gates are refused.</param>
/// <param name="logger">Odd events; null = dropped.</param>
/// <param name="sessions">Remembers where conversations are answered; null = none is held.</param>
/// <param name="decisions">Remembers how requests were labelled; null = nothing is remembered.</param>
public sealed class ChatDelivery(
    IModelSource models,
    HealthRegistry health,
    ILedgerWriter ledger,
    TimeProvider time,
    IRandomSource random,
    DeliveryOptions? options = null,
    IEnumerable<IOutcomeObserver>? observers = null,
    IGateKeeper? gates = null,
    ILogger<ChatDelivery>? logger = null,
    SessionTable? sessions = null,
    DecisionCache? decisions = null
)
{
    private readonly DeliveryOptions _options = options ?? new DeliveryOptions();
    private readonly DeploymentPicker _picker = new(health, random, options ?? new DeliveryOptions());
    private readonly CallClockPool _clocks = new(time);
    private readonly HeartbeatPool _heartbeats = new(time, options ?? new DeliveryOptions());
    private readonly RetryBudget _retries = new(options ?? new DeliveryOptions());
    private readonly ILogger _logger = logger ?? (ILogger)NullLogger.Instance;
    private readonly ImmutableArray<IOutcomeObserver> _observers = [.. observers ?? []];

    /// <summary>Delivers one request. Ends in exactly one end call of <paramref name="sink"/>, after settlement.</summary>
    /// <param name="request">The request and its plan.</param>
    /// <param name="sink">The caller's side.</param>
    /// <param name="callerGone">Cancelled when the caller leaves: upstream is cancelled at once, the row is still written.</param>
    /// <returns>What happened. Failures are values in it.</returns>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    public async ValueTask<Outcome> DeliverAsync(
        DeliveryRequest request,
        IDeliverySink sink,
        CancellationToken callerGone
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(sink);
        var heartbeat = request.Chat.Stream ? _heartbeats.Rent() : null;
        var run = Start(request, sink, heartbeat, callerGone);
        _retries.Enter();
        heartbeat?.Start(run);
        try
        {
            var ending = PlanCheck.Find(request.Plan, request.Gates ?? gates) is { } wrong
                ? new Ending(Answer: null, wrong)
                : await run.WalkAsync();
            await run.StopHeartbeatAsync();
            var head = run.HeadOf(ending.Answer);
            var record = Settlement.Of(request, run, ending, head, time);
            var settled = !run.LedgerFailed && await SettleAsync(record);
            var error = settled ? ending.Error : ending.Error ?? WalkErrors.Ledger;
            if (error != ending.Error)
            {
                record = WithError(record, error!, run.HasOpened, request.StatusOf);
            }

            if (!settled)
            {
                // Spent or not, it is written as soon as that is possible, as the caller was told.
                ledger.Owe(record);
            }

            // Before the last byte leaves, so that the next turn finds it.
            SessionNote.Take(sessions, request.Plan, ending.Answer, error);
            var outcome = new Outcome(head, record, error) { Dialect = request.Chat.Dialect };
            await EndAsync(sink, ending.Answer, run.HasOpened, outcome, callerGone);
            return outcome;
        }
        finally
        {
            _retries.Leave();
            await run.CloseAsync();
            if (heartbeat is not null)
            {
                await heartbeat.StopAsync();
                _heartbeats.Return(heartbeat);
            }
        }
    }

    /// <summary>Records and refuses a request that got no plan.</summary>
    /// <param name="request">The request and why it is refused.</param>
    /// <param name="sink">The caller's side.</param>
    /// <param name="callerGone">Cancelled when the caller leaves.</param>
    /// <returns>What happened.</returns>
    public async ValueTask<Outcome> RejectAsync(
        RejectedRequest request,
        IDeliverySink sink,
        CancellationToken callerGone
    )
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(sink);
        var head = new DeliveryHead
        {
            Request = request.Id,
            Route = request.Route,
            Why = new WhyPath($"rejected: {request.Error.Code ?? request.Error.Kind.ToString()}").Text(answering: null),
        };
        var record = Settlement.Of(request, head, time);
        var error = request.Error;
        if (!await SettleAsync(record))
        {
            error = WalkErrors.Ledger;
            record = WithError(record, error, committed: false, request.StatusOf);
            ledger.Owe(record);
        }

        var outcome = new Outcome(head, record, error) { Dialect = request.Chat.Dialect };
        await EndAsync(sink, answer: null, opened: false, outcome, callerGone);
        return outcome;
    }

    private DeliveryRun Start(
        DeliveryRequest request,
        IDeliverySink sink,
        Heartbeat? heartbeat,
        CancellationToken callerGone
    )
    {
        var total = (long)(request.Plan.Bounds.Total.TotalSeconds * time.TimestampFrequency);
        return new DeliveryRun(
            _picker,
            _retries,
            heartbeat,
            _options,
            random,
            request.Gates ?? gates,
            decisions,
            request.Plan,
            new WhyPath(request.Plan.Why),
            ledger
        )
        {
            Request = request,
            Sink = sink,
            CallerGone = callerGone,
            Total = new Deadline(request.ArrivedTimestamp + total),
            Models = models,
            Clocks = _clocks,
            Time = time,
            MaxHeldBytes = _options.MaxHeldBytes,
            MaxGatedBytes = _options.MaxGatedBytes,
            Logger = _logger,
        };
    }

    /// <summary>Makes the rows durable, whether or not the caller is still there.</summary>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    private async ValueTask<bool> SettleAsync(LedgerRecord record)
    {
        try
        {
            await ledger.SettleAsync(record, CancellationToken.None);
            return true;
        }
        catch (Exception exception)
        {
            _logger.LedgerUnavailable(record.Request.Id, exception);
            return false;
        }
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    private async ValueTask EndAsync(
        IDeliverySink sink,
        Attempt? answer,
        bool opened,
        Outcome outcome,
        CancellationToken callerGone
    )
    {
        try
        {
            await (
                opened ? sink.EndStreamAsync(answer?.Terminator ?? default, outcome.Error, outcome, callerGone)
                : outcome.Error is { } error ? sink.FailAsync(error, outcome, callerGone)
                : sink.ReplyAsync(Counted(answer!), outcome, callerGone)
            );
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The caller left at the very end: everything is settled, nobody is left to tell.
        }
        finally
        {
            Observe(outcome);
        }
    }

    // Callers of another dialect are told what is billed, estimates included.
    private static ChatReply Counted(Attempt answer)
    {
        var reply = answer.Reply!;
        reply.Counted = answer.Metered.Usage;
        return reply;
    }

    private void Observe(Outcome outcome)
    {
        foreach (var observer in _observers)
        {
            try
            {
                observer.Observe(outcome);
            }
            catch (Exception exception)
            {
                _logger.ObserverThrew(outcome.Head.Request, exception);
            }
        }
    }

    private static LedgerRecord WithError(
        LedgerRecord record,
        ChatError error,
        bool committed,
        Func<ChatError, int>? table
    ) =>
        record with
        {
            Request = record.Request with
            {
                Status = Settlement.StatusOf(error, committed, table),
                Failure = error.Kind,
                StrongCost = null,
                Counterfactual = null,
            },
        };
}
