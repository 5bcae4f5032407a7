using Wye.Catalog;
using Wye.Chat;
using Wye.Ledger.Budgets;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery.Walking;

/// <summary>Failures of a walk as a whole.</summary>
internal static class WalkErrors
{
    public static ChatError CallerGone { get; } = new(FailureKind.CallerGone, "The caller went away.");

    public static ChatError TotalTimeout { get; } =
        new(FailureKind.TotalTimeout, "The request took longer than its route allows.") { Code = "request_timeout" };

    public static ChatError Stopping { get; } =
        new(FailureKind.NoneAvailable, "The gateway is stopping. Send the request again.")
        {
            Code = "gateway_stopping",
        };

    public static ChatError GateRefused { get; } =
        new(FailureKind.GateRefused, "No answer met the quality that the route demands.") { Code = "gate_refused" };

    public static ChatError NoLabel { get; } =
        new(FailureKind.BadResponse, "The classifier gave no label that the plan knows.") { Code = "no_label" };

    public static ChatError CallsUsedUp { get; } =
        new(FailureKind.NoneAvailable, "The request's bound of upstream calls is used up.") { Code = "calls_used_up" };

    public static ChatError AllResting { get; } =
        new(FailureKind.NoneAvailable, "Every deployment is cooling down.") { Code = "none_available" };

    public static ChatError Ledger { get; } =
        new(FailureKind.Internal, "The request could not be recorded, so its answer is withheld. Try again later.")
        {
            Code = ChatErrorCodes.LedgerUnavailable,
        };

    public static ChatError BudgetStore { get; } =
        new(
            FailureKind.Internal,
            "A budget applies to this request, and its store cannot be reached, so nothing was called. Try again later."
        )
        {
            Code = ChatErrorCodes.BudgetStoreUnavailable,
        };

    public static ChatError LedgerBefore { get; } =
        new(FailureKind.Internal, "The call could not be recorded, so it was not made. Try again later.")
        {
            Code = ChatErrorCodes.LedgerUnavailable,
        };

    public static ChatError Unpriced(Deployment deployment, string budget) =>
        new(
            FailureKind.BudgetExceeded,
            $"The price of {deployment.Id} is unknown, and budget '{budget}' applies: it is not called."
        )
        {
            Code = "price_unknown",
        };

    public static ChatError OverBudget(BudgetRefusal refusal) => BudgetText.Of(refusal);

    public static ChatError Unexpected { get; } = new(FailureKind.Internal, "An unexpected fault of the gateway.");

    public static ChatError NoneAvailable(PlanNode node, TimeSpan retryAfter) =>
        new(FailureKind.NoneAvailable, $"Every deployment of {node.Model.Id} is cooling down or full.")
        {
            Code = "none_available",
            RetryAfter = retryAfter > TimeSpan.Zero ? retryAfter : null,
        };

    public static ChatError Unaffordable(PlanNode node) =>
        new(FailureKind.BudgetExceeded, $"A call to {node.Model.Id} does not fit the cost cap of {node.CostCap} USD.")
        {
            Code = "cost_cap_exceeded",
        };
}
