using System.Globalization;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Delivery;
using Wye.Primitives;

namespace Wye.Gateway.Http;

/// <summary>The provenance headers that every answer carries, errors too.</summary>
internal static class WyeHeaders
{
    public const string Model = "x-wye-model";
    public const string Route = "x-wye-route";
    public const string Why = "x-wye-why";
    public const string Attempts = "x-wye-attempts";
    public const string Cost = "x-wye-cost-usd";
    public const string Saved = "x-wye-saved-usd";
    public const string Dropped = "x-wye-dropped";
    public const string Estimated = "x-wye-estimated";
    public const string MaxTokens = "x-wye-max-tokens";
    public const string BudgetOverrun = "x-wye-budget-overrun";
    public const string Degraded = "x-wye-degraded";
    private const string OwnRequestId = "x-wye-request-id";
    private const string OpenAiRequestId = "x-request-id";
    private const string AnthropicRequestId = "request-id";
    private const int MaxLength = 512;

    /// <summary>
    /// The request's id, also under the name where clients of the caller's dialect look for it; and what is left of the key's
    /// limits, where the call counts against them.
    /// </summary>
    public static void WriteId(HttpContext http, DialectId dialect, RequestId id)
    {
        var headers = http.Response.Headers;
        headers[OwnRequestId] = id.Value;
        headers[dialect == DialectId.Anthropic ? AnthropicRequestId : OpenAiRequestId] = id.Value;
        if (http.Features.Get<CallerSession>() is { IsLimited: true } session)
        {
            LimitHeaders.Write(headers, dialect, session);
        }
    }

    public static void Write(HttpContext http, DialectId dialect, DeliveryHead head)
    {
        WriteId(http, dialect, head.Request);
        var headers = http.Response.Headers;
        headers[Route] = Safe(head.Route.Value);
        headers[Why] = Safe(head.Why);
        headers[Attempts] = head.Attempts.ToString(CultureInfo.InvariantCulture);
        headers[Model] = head.Model is { } model ? Safe(model.Value) : "none";
        if (head.LoweredOutput is { } tokens)
        {
            headers[MaxTokens] = tokens.ToString(CultureInfo.InvariantCulture);
        }

        if (head.Degraded is { } degraded)
        {
            headers[Degraded] = Safe(degraded);
        }

        if (head.Overrun.Count > 0)
        {
            headers[BudgetOverrun] = Safe(string.Join(", ", head.Overrun));
        }

        if (head.Dropped.Count > 0)
        {
            headers[Dropped] = Safe(string.Join(", ", head.Dropped.Distinct(StringComparer.Ordinal)));
        }
    }

    public static void Write(HttpContext http, DialectId dialect, Outcome outcome)
    {
        Write(http, dialect, outcome.Head);
        var headers = http.Response.Headers;
        headers[Cost] = Dollars(outcome.Cost);
        headers[Saved] = Dollars(outcome.Saved ?? Usd.Zero);
    }

    /// <summary>Dollars with at least six and at most twelve decimals, so that no pico-dollar is hidden.</summary>
    public static string Dollars(Usd amount)
    {
        const int least = 6;
        const int most = 12;
        var (whole, rest) = Math.DivRem(amount.PicoDollars, Usd.PicoDollarsPerDollar);
        Span<char> text = stackalloc char[24];
        var length = 0;
        if (amount < Usd.Zero)
        {
            text[length++] = '-';
        }

        Math.Abs(whole).TryFormat(text[length..], out var digits, provider: CultureInfo.InvariantCulture);
        length += digits;
        // A one before the decimals keeps their zeros; the point takes its place.
        (Math.Abs(rest) + Usd.PicoDollarsPerDollar).TryFormat(
            text[length..],
            out _,
            provider: CultureInfo.InvariantCulture
        );
        text[length++] = '.';
        var decimals = text.Slice(length, most).TrimEnd('0').Length;
        return new string(text[..(length + Math.Max(decimals, least))]);
    }

    /// <summary>Printable ASCII of bounded length: nothing a caller or provider says can end or forge a header.</summary>
    public static string Safe(string text)
    {
        if (text.Length <= MaxLength && !text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text;
        }

        return string.Create(
            Math.Min(text.Length, MaxLength),
            text,
            static (span, source) =>
            {
                for (var i = 0; i < span.Length; i++)
                {
                    span[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
                }
            }
        );
    }
}
