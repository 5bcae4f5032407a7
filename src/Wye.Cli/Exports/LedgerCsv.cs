using System.Globalization;
using System.Text;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Cli.Exports;

/// <summary>The ledger as CSV (RFC 4180): one row per upstream call, and one for a request that called nothing.</summary>
/// <remarks>What callers name may begin like a formula; such a cell gets a leading apostrophe, so that no sheet computes it.</remarks>
internal static class LedgerCsv
{
    private const string Header =
        "request,at,key,route,requested_model,policy,step_kind,step,run,status,failure,call,cause,model,deployment,"
        + "input_tokens,cache_read_tokens,cache_write_tokens,cache_write_hour_tokens,audio_input_tokens,image_input_tokens,"
        + "output_tokens,reasoning_tokens,audio_output_tokens,service_tier,estimated,cost_picodollars,cost_usd,price,call_ms,"
        + "call_failure,corrected_picodollars";

    /// <summary>Writes all; returns how many requests there were.</summary>
    public static async Task<long> WriteAsync(IAsyncEnumerable<LedgerRecord> records, TextWriter output)
    {
        await output.WriteAsync(Header + "\r\n");
        var (line, count) = (new StringBuilder(), 0L);
        await foreach (var record in records)
        {
            line.Clear();
            if (record.Attempts.IsEmpty)
            {
                Row(line, record, attempt: null);
            }

            foreach (var attempt in record.Attempts)
            {
                Row(line, record, attempt);
            }

            await output.WriteAsync(line);
            count++;
        }

        await output.FlushAsync();
        return count;
    }

    /// <summary>A text as a cell.</summary>
    internal static string Cell(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return "";
        }

        var safe = text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' ? "'" + text : text;
        return safe.AsSpan().IndexOfAny(",\"\r\n") >= 0
            ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : safe;
    }

    private static void Row(StringBuilder line, LedgerRecord record, AttemptEntry? attempt)
    {
        var request = record.Request;
        var usage = attempt?.Usage ?? default;
        string?[] cells =
        [
            Cell(request.Id.Value),
            request.At.ToString("O", CultureInfo.InvariantCulture),
            Cell(request.Key.Value),
            Cell(request.Route.Value),
            Cell(request.RequestedModel),
            Cell(request.Policy),
            request.StepKind.Name(),
            Cell(request.Step),
            Cell(request.Run),
            Text(request.Status),
            request.Failure?.ToString(),
            Text(attempt?.Number),
            Cell(attempt?.Cause),
            Cell(attempt?.Model.Value),
            Cell(attempt?.Deployment.Value),
            Text(usage.InputTokens),
            Text(usage.CacheReadTokens),
            Text(usage.CacheWriteTokens),
            Text(usage.CacheWriteHourTokens),
            Text(usage.AudioInputTokens),
            Text(usage.ImageInputTokens),
            Text(usage.OutputTokens),
            Text(usage.ReasoningTokens),
            Text(usage.AudioOutputTokens),
            usage.ServiceTier.Name(),
            attempt is null ? ""
            : attempt.Estimated ? "true"
            : "false",
            Text(attempt?.Cost?.PicoDollars),
            attempt?.Cost?.ToDollars().ToString("0.000000######", CultureInfo.InvariantCulture),
            Cell(attempt?.Price?.Version),
            Text(attempt?.TotalMilliseconds),
            attempt?.Failure?.ToString(),
            Text(Corrected(record, attempt)),
        ];
        line.AppendJoin(',', cells).Append("\r\n");
    }

    /// <summary>What corrections add to the cost of a call; null = nothing was corrected.</summary>
    private static Int128? Corrected(LedgerRecord record, AttemptEntry? attempt)
    {
        var own = record.Corrections.Where(correction => correction.Call == attempt?.Number).ToList();
        return own.Count == 0 ? null : own.Aggregate(Int128.Zero, (sum, one) => sum + one.Amount.PicoDollars);
    }

    private static string Text(IFormattable? number) => number?.ToString(null, CultureInfo.InvariantCulture) ?? "";
}
