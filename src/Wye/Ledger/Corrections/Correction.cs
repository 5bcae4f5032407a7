using Wye.Primitives;

namespace Wye.Ledger.Corrections;

/// <summary>
/// A later word on what something cost, as a row of its own: what was recorded stays as it is. Reports and bills add it; budgets do
/// not, they bound what was counted when calls were made. Immutable.
/// </summary>
public sealed record Correction
{
    /// <summary>Stands for the key and the route of a correction that belongs to no request.</summary>
    public const string NoRequest = "(correction)";

    /// <summary>Its id, e.g. <c>cor_3f…</c>; unique.</summary>
    public required string Id { get; init; }

    /// <summary>When it was made, UTC.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The request whose cost it corrects; null = a day's calls of a model, without saying which.</summary>
    public RequestId? Request { get; init; }

    /// <summary>The call of that request; null = no request.</summary>
    public int? Call { get; init; }

    /// <summary>UTC day it counts for: the one on which the request arrived.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>UTC day on which the call was made; differs from <see cref="Day"/> around midnight only.</summary>
    public required DateOnly CallDay { get; init; }

    /// <summary>The request's key; <see cref="NoRequest"/> without one.</summary>
    public required KeyId Key { get; init; }

    /// <summary>The request's route; <see cref="NoRequest"/> without one.</summary>
    public required RouteName Route { get; init; }

    /// <summary>Tier of the model that answered; empty = none did, or no request.</summary>
    public string Tier { get; init; } = "";

    /// <summary>The model that answered; empty = none did, or no request.</summary>
    public string AnsweredBy { get; init; } = "";

    /// <summary>The model called.</summary>
    public required ModelId Model { get; init; }

    /// <summary>The deployment called.</summary>
    public required DeploymentId Deployment { get; init; }

    /// <summary>Why the call was made, as its row says; <c>first</c> without a request.</summary>
    public string Cause { get; init; } = "first";

    /// <summary>What it cost more than the ledger said; negative = less; never zero.</summary>
    public required Usd Amount { get; init; }

    /// <summary>Who made it, 1..128 characters.</summary>
    public required string By { get; init; }

    /// <summary>Why, 1..500 characters.</summary>
    public required string Why { get; init; }

    /// <summary>Whether what was paid counts against savings: the request is in one, or there is no request.</summary>
    public bool InSaved { get; init; } = true;

    /// <summary>Whether the request is in the comparison with the cheapest models.</summary>
    public bool InCheapest { get; init; }

    /// <summary>Whether the request is in the comparison with the policy before.</summary>
    public bool InPrevious { get; init; }

    /// <summary>Corrects one call of a request.</summary>
    /// <param name="draft">Amount, author, reason.</param>
    /// <param name="record">The request as recorded.</param>
    /// <param name="call">Number of the call, from 1.</param>
    /// <exception cref="ArgumentException">The request has no such call, or the draft says nothing.</exception>
    public static Correction OfCall(CorrectionDraft draft, LedgerRecord record, int call)
    {
        ArgumentNullException.ThrowIfNull(record);
        CorrectionDraft.Check(draft);
        var request = record.Request;
        var attempt =
            record.Attempts.FirstOrDefault(attempt => attempt.Number == call)
            ?? throw new ArgumentException($"Request '{request.Id}' has no call {call}.", nameof(call));
        return new Correction
        {
            Id = draft.Id,
            At = draft.At,
            Request = request.Id,
            Call = call,
            Day = DayOf(request.At),
            CallDay = DayOf(attempt.At),
            Key = request.Key,
            Route = request.Route,
            Tier = request.Tier?.Value ?? "",
            AnsweredBy = request.Model?.Value ?? "",
            Model = attempt.Model,
            Deployment = attempt.Deployment,
            Cause = attempt.Cause,
            Amount = draft.Amount,
            By = draft.By,
            Why = draft.Why,
            InSaved = request.Saved is not null,
            InCheapest = request.Counterfactual?.Cheapest is not null,
            InPrevious = request.Counterfactual?.Previous is not null,
        };
    }

    /// <summary>Corrects a day's calls of a model, as a bill does that names no requests.</summary>
    /// <param name="draft">Amount, author, reason.</param>
    /// <param name="day">The day, UTC.</param>
    /// <param name="provider">Whose bill it is, as the configuration names it.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="ArgumentException">The draft says nothing.</exception>
    public static Correction OfDay(CorrectionDraft draft, DateOnly day, ProviderId provider, ModelId model)
    {
        CorrectionDraft.Check(draft);
        return new Correction
        {
            Id = draft.Id,
            At = draft.At,
            Day = day,
            CallDay = day,
            Key = new(NoRequest),
            Route = new(NoRequest),
            Model = model,
            Deployment = new($"{provider}/{model}"),
            Amount = draft.Amount,
            By = draft.By,
            Why = draft.Why,
        };
    }

    private static DateOnly DayOf(DateTimeOffset moment) => DateOnly.FromDateTime(moment.UtcDateTime);
}
