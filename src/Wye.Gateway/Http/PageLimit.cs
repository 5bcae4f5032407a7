using System.Globalization;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Gateway.Http;

/// <summary>Reads the query's <c>limit</c>, the most that one page of a list holds.</summary>
internal static class PageLimit
{
    /// <summary>False when it is no whole number in 1..<paramref name="most"/>; <paramref name="otherwise"/> where it is left out.</summary>
    public static bool TryRead(IQueryCollection query, int most, int otherwise, out int limit, out ChatError? error)
    {
        (limit, error) = (otherwise, null);
        var isGood =
            query["limit"].ToString() is not { Length: > 0 } wanted
            || (
                int.TryParse(wanted, NumberStyles.None, CultureInfo.InvariantCulture, out limit)
                && limit >= 1
                && limit <= most
            );
        error = isGood ? null : Wrong("limit", $"limit takes a whole number in 1..{most}.");
        return isGood;
    }

    /// <summary>The refusal of a query.</summary>
    public static ChatError Wrong(string param, string message) =>
        new(FailureKind.BadRequest, message) { Code = "invalid_query", Param = param };
}
