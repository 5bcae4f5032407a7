using System.Runtime.CompilerServices;
using Wye.Catalog;
using Wye.Chat;
using Wye.Delivery.Attempts.Metering;
using Wye.Delivery.Walking;
using Wye.Health;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Primitives.Pooling;

namespace Wye.Delivery.Attempts;

/// <summary>One upstream call from its start to its row in the ledger. Used by one flow.</summary>
internal sealed class Attempt(
    AttemptContext context,
    NodeCall call,
    in Pick pick,
    int number,
    int node,
    AttemptCause cause
)
{
    internal static readonly string[] CauseNames =
    [
        "first",
        "retry",
        "fallback",
        "escalation",
        "stage",
        "classify",
        "judge",
        "sample",
    ];

    private readonly DeploymentState _state = pick.State!;
    private readonly int _ticket = pick.Ticket;
    private readonly CallLease _lease = pick.Lease;
    private readonly IChatModel? _model = pick.Model;
    private readonly int? _maxOutputTokens = pick.MaxOutputTokens;
    private readonly long _started = context.Time.GetTimestamp();
    private readonly DateTimeOffset _at = context.Time.GetUtcNow();
    private UsageMeter _meter;
    private CallClock? _clock;
    private ChatExchange? _exchange;
    private StreamRelay? _relay;
    private long _ended;
    private MeteredUsage _metered;

    /// <summary>What its node sends.</summary>
    public NodeCall Call => call;

    /// <summary>Number within the request, from 1.</summary>
    public int Number => number;

    /// <summary>Index of its node in the plan.</summary>
    public int Node => node;

    /// <summary>Output bound that was set, in tokens; null = as the caller asked.</summary>
    public int? MaxOutputTokens => _maxOutputTokens;

    /// <summary>The deployment called.</summary>
    public Deployment Deployment { get; } = pick.Deployment!;

    /// <summary>Why it failed; null = the answer is whole.</summary>
    public ChatError? Error { get; private set; }

    /// <summary>Whether a part of the answer left for the caller.</summary>
    public bool Committed => _relay?.Committed == true;

    /// <summary>The whole answer, when it is not a stream, or a stream that was held back.</summary>
    public ChatReply? Reply => _exchange?.Reply ?? _relay?.Held?.Reply;

    /// <summary>Whether a stream is held back until a gate has passed it.</summary>
    public bool IsHeldStream => _relay?.Held is not null;

    /// <summary>Whether the answer was stopped after its first tokens because they were bad enough.</summary>
    public bool RefusedEarly => _relay?.RefusedEarly == true;

    /// <summary>Names of what the request said and the target's dialect could not carry.</summary>
    public IReadOnlyCollection<string> Dropped { get; private set; } = [];

    /// <summary>The provider's terminator frame, when a stream is whole, with the tokens to bill.</summary>
    public ChatFrame Terminator => (_relay?.Terminator ?? default) with { Usage = _metered.Usage };

    /// <summary>When the first content came, on the monotonic clock; null = none did.</summary>
    public long? FirstContent { get; private set; }

    /// <summary>When the caller got the first content of it; null = it got none.</summary>
    public long? FirstSent => _relay?.Released ?? (IsHeldStream ? null : FirstContent);

    /// <summary>Time until the deployment may be called again.</summary>
    public TimeSpan CooldownLeft => _state.CooldownLeft;

    /// <summary>Tokens to bill; final once the call has ended.</summary>
    public MeteredUsage Metered => _metered;

    /// <summary>Cost of <see cref="Metered"/>; null = the price is unknown.</summary>
    public Usd? Cost => Deployment.Price?.CostOf(_metered.Usage);

    /// <summary>Calls, takes the answer in and relays it if it streams; every failure is a value in <see cref="Error"/>.</summary>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    public async ValueTask RunAsync(Deadline nodeDeadline)
    {
        _clock = context.Clocks.Rent();
        _clock.Start(context.CallerGone, context.Request.Stopping, context.Total, nodeDeadline);
        try
        {
            var exchange = _exchange = await SendAsync(_clock);
            Dropped = exchange.Dropped;
            if (exchange.Error is { } refused)
            {
                Error = refused;
                _meter.Add(refused);
            }
            else if (call.Request.Chat.Stream && exchange.Reply is null)
            {
                _relay = new StreamRelay(context, this, call, _clock);
                Error = await _relay.RunAsync(exchange);
            }
            else
            {
                TakeReply(exchange.Reply);
            }

            if (Error is { } error && AttemptErrors.IsBroken(error.Kind) && _clock.Reason is { } reason)
            {
                // A transport may show our own cancellation as a broken connection.
                Error = AttemptErrors.Expired(reason, Deployment.Id);
            }
        }
        catch (Exception) when (_clock.Reason is not null)
        {
            Error = AttemptErrors.Expired(_clock.Reason!.Value, Deployment.Id);
        }
        catch (Exception exception)
        {
            // A model that throws is one more way to fail: the next target may still answer.
            context.Logger.ModelThrew(Deployment.Id, context.Request.Id, exception);
            Error = AttemptErrors.Threw(Deployment.Id);
        }

        End();
    }

    /// <summary>A token that ends with the caller, the node or the request, for judging the answer.</summary>
    public CancellationToken JudgeToken()
    {
        _clock!.ArmDeadlines();
        return _clock.Token;
    }

    /// <summary>Lets a stream go that was held back.</summary>
    /// <returns>Why it could not be written; null = the caller has it but for its terminator.</returns>
    public async ValueTask<ChatError?> ReleaseAsync() => Error ??= await _relay!.ReleaseAsync();

    /// <summary>Cancels what still runs and returns what was borrowed; may be called twice.</summary>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder))]
    public async ValueTask CloseAsync()
    {
        var (exchange, clock, relay) = (_exchange, _clock, _relay);
        (_exchange, _clock) = (null, null);
        try
        {
            if (exchange is not null)
            {
                await exchange.DisposeAsync();
            }
        }
        catch (Exception exception)
        {
            context.Logger.ModelThrew(Deployment.Id, context.Request.Id, exception);
        }
        finally
        {
            relay?.Dispose();
            if (clock is not null)
            {
                context.Clocks.Return(clock);
            }
        }
    }

    /// <summary>The call's row.</summary>
    public AttemptEntry ToEntry() =>
        new()
        {
            Request = context.Request.Id,
            Number = number,
            At = _at,
            Node = node,
            Cause = CauseNames[(int)cause],
            Model = Deployment.Model.Id,
            Deployment = Deployment.Id,
            Usage = _metered.Usage,
            Estimated = _metered.Estimated,
            Cost = Cost,
            Price = Deployment.Price?.Facts,
            FirstTokenMilliseconds = FirstContent is { } first ? Milliseconds(first) : null,
            TotalMilliseconds = Milliseconds(_ended),
            Status = Error is null ? 200 : Error.Status,
            Failure = Error?.Kind,
        };

    /// <summary>The caller's first content is here: Health hears of it at once, so that a probe need not wait for the end.</summary>
    internal void OnFirstContent()
    {
        FirstContent = context.Time.GetTimestamp();
        _state.FirstToken(_ticket, context.Time.GetElapsedTime(_started, FirstContent.Value));
        context.OnFirstContent();
    }

    private ValueTask<ChatExchange> SendAsync(CallClock clock)
    {
        var request = call.Request;
        var bounds = request.Plan.Bounds;
        clock.Arm(
            request.Chat.Stream ? bounds.FirstToken : bounds.ReplyLimit,
            FailureKind.FirstTokenTimeout,
            now: _started
        );
        var (use, alternatives) = LogProbsOf(request.Chat);
        var sent = new ChatCall(request.Chat, request.Id, number)
        {
            MaxOutputTokens = _maxOutputTokens,
            LogProbs = use,
            TopLogProbs = alternatives,
            CutDirective = request.Plan.CutDirective,
        };
        return (_model ?? context.Models.Open(Deployment)).SendAsync(sent, clock.Token);
    }

    private (LogProbUse Use, int Alternatives) LogProbsOf(ChatRequest asked) =>
        call.Gate is not { } gate ? (LogProbUse.Relay, 0)
        : (asked.Features & ChatFeatures.LogProbs) != ChatFeatures.None ? (LogProbUse.Read, 0)
        : call.Gates?.LogProbsOf(gate) is { } alternatives
        && (Deployment.Model.Capabilities & Capabilities.LogProbs) != Capabilities.None
            ? (LogProbUse.Ask, alternatives)
        : (LogProbUse.Relay, 0);

    private void TakeReply(ChatReply? reply)
    {
        var stream = call.Request.Chat.Stream;
        if (reply is null || stream)
        {
            Error = AttemptErrors.WrongShape(Deployment.Id, stream);
            return;
        }

        _meter.Add(reply);
        FirstContent = context.Time.GetTimestamp();
        if (!_meter.HasContent && !EmptyAnswer.IsLegal(reply.Finish, call.Request.Chat.Features))
        {
            Error = AttemptErrors.Empty(Deployment.Id);
        }
    }

    private void End()
    {
        // A whole answer ends as it comes.
        _ended = _relay is null && FirstContent is { } whole ? whole : context.Time.GetTimestamp();
        if (_relay is not null)
        {
            _meter = _relay.Meter;
        }

        var bounds = UsageBounds.Of(call.Request, Deployment.Model, _maxOutputTokens);
        _metered = _meter.Read(bounds, whole: Error is null && !RefusedEarly);
        if (
            RefusedEarly
            || (Error is { } error && AttemptErrors.MayBeBilled(error))
            || Deployment.Price?.Knows(_metered.Usage.ServiceTier) == false
        )
        {
            _metered = _metered with { Estimated = true };
        }

        Unload();
        _state.Exit(_ticket, Error?.Kind, Error?.RetryAfter);
    }

    // Before the verdict: whoever hears that a place is free also sees its load.
    private void Unload()
    {
        _state.Load.Release(_lease, _metered.Usage);
        var took = context.Time.GetElapsedTime(_started, _ended);
        if (Error is null && !call.Request.Chat.Stream)
        {
            _state.Load.Reply.Observe(took);
        }
        else if (Error?.Kind == FailureKind.FirstTokenTimeout)
        {
            // What never answered was at least that slow.
            (call.Request.Chat.Stream ? _state.Load.FirstToken : _state.Load.Reply).Observe(took);
        }
    }

    private double Milliseconds(long until) => context.Time.GetElapsedTime(_started, until).TotalMilliseconds;
}
