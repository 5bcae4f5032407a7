using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Wye.Chat;
using Wye.Delivery.Attempts;
using Wye.Delivery.Walking;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Delivery;

/// <summary>Writes the ledger rows of a finished request: what was called, what it cost, what the strong model would have cost.</summary>
internal static class Settlement
{
    private const int MostModelCharacters = 128;

    /// <summary>Rows of a request that was delivered or failed on the way.</summary>
    public static LedgerRecord Of(
        DeliveryRequest request,
        DeliveryRun run,
        in Ending ending,
        DeliveryHead head,
        TimeProvider time
    )
    {
        var (sums, attempts) = (new AttemptSums(), run.Attempts);
        var rows = attempts.Count == 0 ? [] : new AttemptEntry[attempts.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = attempts[i].ToEntry();
            sums.Add(rows[i]);
        }

        var (plan, hints, answer) = (request.Plan, request.Chat.Hints, ending.Answer);
        var entry = new RequestEntry
        {
            Id = request.Id,
            At = request.ArrivedAt,
            Key = request.Key,
            Route = plan.Route,
            RequestedModel = Short(request.Chat.RequestedModel),
            Policy = plan.Policy,
            StepKind = plan.StepKind,
            Step = hints.Step,
            Run = hints.Run,
            Tier = answer is null ? null : TierOf(request, answer),
            Model = head.Model,
            Deployment = head.Deployment,
            Why = head.Why,
            QueryLength = request.QueryLength,
            Usage = sums.Usage,
            Estimated = sums.Estimated,
            Cost = sums.Cost,
            Unpriced = sums.Unpriced,
            Strong = plan.Strong?.Id,
            StrongCost =
                ending.Error is null && answer is not null ? plan.Strong?.Price?.CostOf(answer.Metered.Usage) : null,
            Counterfactual = ending.Error is null && answer is not null ? CounterfactualCost.Of(request, answer) : null,
            DecisionMicroseconds = request.DecisionMicroseconds,
            FirstTokenMilliseconds = answer?.FirstSent is { } first
                ? time.GetElapsedTime(request.ArrivedTimestamp, first).TotalMilliseconds
                : null,
            TotalMilliseconds = time.GetElapsedTime(request.ArrivedTimestamp).TotalMilliseconds,
            Attempts = rows.Length,
            // Of an answer that a fallback gave, nothing was expected.
            Expected = plan.Expected is { } expected && expected.Model == head.Model ? expected : null,
            Stream = request.Chat.Stream,
            Status = StatusOf(ending.Error, run.HasOpened, request.StatusOf),
            Failure = ending.Error?.Kind,
        };
        return new LedgerRecord(entry, ImmutableCollectionsMarshal.AsImmutableArray(rows))
        {
            HasIntents = run.HasIntents,
        };
    }

    /// <summary>The row of a request that got no plan.</summary>
    public static LedgerRecord Of(RejectedRequest request, DeliveryHead head, TimeProvider time) =>
        new(
            new RequestEntry
            {
                Id = request.Id,
                At = request.ArrivedAt,
                Key = request.Key,
                Route = request.Route,
                RequestedModel = Short(request.Chat.RequestedModel),
                StepKind = request.StepKind,
                Step = request.Chat.Hints.Step,
                Run = request.Chat.Hints.Run,
                Why = head.Why,
                QueryLength = request.QueryLength,
                DecisionMicroseconds = request.DecisionMicroseconds,
                TotalMilliseconds = time.GetElapsedTime(request.ArrivedTimestamp).TotalMilliseconds,
                Stream = request.Chat.Stream,
                Status = StatusOf(request.Error, committed: false, request.StatusOf),
                Failure = request.Error.Kind,
            },
            []
        );

    /// <summary>HTTP status the caller sees: a stream that has begun keeps its 200, whatever follows.</summary>
    public static int StatusOf(ChatError? error, bool committed, Func<ChatError, int>? table) =>
        error is null ? 200
        : error.Kind == FailureKind.CallerGone ? FailureStatus.CallerGone
        : committed ? 200
        : table?.Invoke(error) ?? FailureStatus.Of(error);

    private static TierName TierOf(DeliveryRequest request, Attempt answer) =>
        request.Catalog?.TierOf(answer.Deployment.Model.Id)?.Name ?? answer.Deployment.Model.Tier;

    public static string Short(string model) =>
        model.Length <= MostModelCharacters ? model : model[..MostModelCharacters];
}
