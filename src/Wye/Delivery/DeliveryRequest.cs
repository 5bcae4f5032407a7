using Wye.Catalog;
using Wye.Chat;
using Wye.Gates;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery;

/// <summary>A request with its plan, ready to be delivered. Immutable; what it borrows must live until the delivery ends.</summary>
public sealed record DeliveryRequest
{
    /// <summary>Id of the request.</summary>
    public required RequestId Id { get; init; }

    /// <summary>What the caller asked.</summary>
    public required ChatRequest Chat { get; init; }

    /// <summary>The tree to walk.</summary>
    public required RoutePlan Plan { get; init; }

    /// <summary>The key it came with.</summary>
    public required KeyId Key { get; init; }

    /// <summary>When it arrived, UTC.</summary>
    public required DateTimeOffset ArrivedAt { get; init; }

    /// <summary>When it arrived, on the monotonic clock; the total deadline counts from here.</summary>
    public required long ArrivedTimestamp { get; init; }

    /// <summary>Time the decision took, in microseconds.</summary>
    public double DecisionMicroseconds { get; init; }

    /// <summary>Characters of the last user turn.</summary>
    public int QueryLength { get; init; }

    /// <summary>Estimate of the prompt's tokens; stands in where a provider gives no usage.</summary>
    public int PromptTokens { get; init; }

    /// <summary>Upper bound of the prompt's tokens; a node's cost cap is checked with it.</summary>
    public int PromptTokenBound { get; init; }

    /// <summary>
    /// Cancelled when the gateway stops and running answers may not finish any more: a stream then ends visibly, anything else
    /// in an error; default: never.
    /// </summary>
    public CancellationToken Stopping { get; init; }

    /// <summary>The facts the plan was made from, to name the tier of the answering model; null = the model's own tier.</summary>
    public CatalogSnapshot? Catalog { get; init; }

    /// <summary>What may be spent, as it was in force on arrival; default: no budget.</summary>
    public BudgetSet Budgets { get; init; } = BudgetSet.None;

    /// <summary>Who spends; null = the key and the route, and what the caller said beside the body.</summary>
    public BudgetSubject? Spender { get; init; }

    /// <summary>The gates the plan names, of the version it was made from; null = those delivery was given.</summary>
    public IGateKeeper? Gates { get; init; }

    /// <summary>The cheapest model that could take the request, for what it would have cost; null = none has a known price.</summary>
    public Model? Cheapest { get; init; }

    /// <summary>The policy the route had before; null = it had no other.</summary>
    public string? PreviousPolicy { get; init; }

    /// <summary>The model that policy would have chosen; null = none.</summary>
    public Model? PreviousModel { get; init; }

    /// <summary>HTTP status the caller's dialect gives to an error, for the ledger; null = as most dialects do.</summary>
    public Func<ChatError, int>? StatusOf { get; init; }
}
