using Wye.Catalog;
using Wye.Ledger;
using Wye.Sqlite.Statements;

namespace Wye.Sqlite.Tables;

/// <summary>Which calls take no row, and no record, of their own, since that of their request says the same.</summary>
internal static class OnlyCall
{
    /// <summary>
    /// Microseconds from a request's arrival within which such a call begins: who looks for calls of a day finds them by when
    /// their requests arrived.
    /// </summary>
    public const long MostAfter = 3_600_000_000;

    private const string First = "first";

    /// <summary>
    /// The only call of a request, if the view <c>only_calls</c> tells every field of it: all that has no column for the call
    /// is what the view says, or what the request's row says.
    /// </summary>
    /// <returns>Null = the request's calls are rows, or it has none.</returns>
    public static AttemptEntry? Of(LedgerRecord record)
    {
        var request = record.Request;
        return
            record.Attempts is [{ Number: 1, Node: 0, Cause: First } call]
            && call.Request == request.Id
            && request is { Model.Value: { } model, Deployment.Value: { } deployment }
            && call.Model.Value == model
            && call.Deployment.Value == deployment
            && call.Usage == request.Usage
            && call.Estimated == request.Estimated
            && call.Cost == request.Cost
            && call.Status == request.Status
            && call.Failure == request.Failure
            && After(request, call) is >= 0 and <= MostAfter
            ? call
            : null;
    }

    /// <summary>Such a call, of its request and what that does not say.</summary>
    /// <exception cref="InvalidDataException">A request that nothing answered has none.</exception>
    public static AttemptEntry Of(
        RequestEntry request,
        DateTimeOffset at,
        PriceFacts? price,
        double? firstTokenMilliseconds,
        double totalMilliseconds
    ) =>
        new()
        {
            Request = request.Id,
            Number = 1,
            At = at,
            Cause = First,
            Model = request.Model ?? throw Unanswered(),
            Deployment = request.Deployment ?? throw Unanswered(),
            Usage = request.Usage,
            Estimated = request.Estimated,
            Cost = request.Cost,
            Price = price,
            FirstTokenMilliseconds = firstTokenMilliseconds,
            TotalMilliseconds = totalMilliseconds,
            Status = request.Status,
            Failure = request.Failure,
        };

    /// <summary>Microseconds from a request's arrival to the start of a call.</summary>
    public static long After(RequestEntry request, AttemptEntry call) =>
        Microseconds.From(call.At) - Microseconds.From(request.At);

    private static InvalidDataException Unanswered() => new("A request that nothing answered has an only call.");
}
