using System.Text.Json;

namespace Wye.Simulator.Faults;

/// <summary>Faults set by JSON: <c>{"mode":"script|always|random|clear","model":"gpt-4o","rate":0.1,"seed":1,"faults":[{"kind":"rate_limited"}]}</c>.</summary>
internal static class FaultRequest
{
    public static void Apply(FaultScripts scripts, JsonElement request)
    {
        var mode = Text(request, "mode") ?? "script";
        var model = Text(request, "model") ?? FaultScripts.AnyModel;
        Fault[] faults = request.TryGetProperty("faults", out var list) ? [.. list.EnumerateArray().Select(Read)] : [];
        switch (mode)
        {
            case "script":
                scripts.Script(model, faults);
                break;
            case "always":
                scripts.Always(model, faults.FirstOrDefault() ?? Fault.None);
                break;
            case "random":
                scripts.Random(
                    request.GetProperty("rate").GetDouble(),
                    request.TryGetProperty("seed", out var seed) ? seed.GetUInt64() : 1,
                    faults
                );
                break;
            case "clear":
                scripts.Clear();
                break;
            default:
                throw new ArgumentException(
                    $"Unknown mode '{mode}'. Use script, always, random or clear.",
                    nameof(request)
                );
        }
    }

    /// <summary>
    /// A fault by the snake case name of its factory, with the properties it takes; any of them also takes <c>headers</c>,
    /// <c>retry_after</c>, <c>retry_after_ms</c> and <c>billing</c> (by_rule, nothing, up_to_there, to_the_end).
    /// </summary>
    public static Fault Read(JsonElement json)
    {
        var fault = OfKind(json);
        fault = Text(json, "retry_after") is { } after ? fault.WithHeader("retry-after", after) : fault;
        fault = Text(json, "retry_after_ms") is { } ms ? fault.WithHeader("retry-after-ms", ms) : fault;
        if (json.TryGetProperty("headers", out var headers))
        {
            foreach (var header in headers.EnumerateObject())
            {
                fault = fault.WithHeader(header.Name, header.Value.GetString() ?? "");
            }
        }

        return Text(json, "billing") is { } billing ? fault with { Billing = BillingOf(billing) } : fault;
    }

    private static FaultBilling BillingOf(string name) =>
        name switch
        {
            "by_rule" => FaultBilling.ByRule,
            "nothing" => FaultBilling.Nothing,
            "up_to_there" => FaultBilling.UpToThere,
            "to_the_end" => FaultBilling.ToTheEnd,
            _ => throw new ArgumentException($"Unknown billing '{name}'.", nameof(name)),
        };

    private static Fault OfKind(JsonElement json)
    {
        var kind = Text(json, "kind") ?? throw new ArgumentException("A fault needs a 'kind'.", nameof(json));
        var after = Number(json, "after_chunks");
        TimeSpan? duration = Number(json, "duration_ms") is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        return kind switch
        {
            "none" => Fault.None,
            "status" => Fault.Status(Number(json, "status") ?? 500),
            "rate_limited" => Fault.RateLimited(resetRequests: Text(json, "reset_requests") ?? "1s"),
            "insufficient_quota" => Fault.InsufficientQuota(),
            "overloaded" => Fault.Overloaded(),
            "html" => Fault.Html(Number(json, "status") ?? 502),
            "context_length" => Fault.ContextLength(),
            "model_not_found" => Fault.ModelNotFound(),
            "unauthorized" => Fault.Unauthorized(),
            "reset" => Fault.Reset(),
            "no_headers" => Fault.NoHeaders(duration),
            "drip_headers" => Fault.DripHeaders(duration),
            "delay" => Fault.Delay(duration ?? TimeSpan.FromSeconds(1)),
            "truncated_json" => Fault.TruncatedJson(),
            "invalid_json" => Fault.InvalidJson(),
            "empty_choices" => Fault.EmptyChoices(),
            "null_content" => Fault.NullContent(),
            "stall_before_content" => Fault.StallBeforeContent(duration),
            "stall_mid_stream" => Fault.StallMidStream(after ?? 2, duration),
            "cut_stream" => Fault.CutStream(after ?? 2),
            "end_without_finish" => Fault.EndWithoutFinish(after ?? 2),
            "end_without_done" => Fault.EndWithoutDone(),
            "half_line" => Fault.HalfLine(after ?? 2),
            "malformed_chunk" => Fault.MalformedChunk(after ?? 2),
            "huge_line" => Fault.HugeLine(Number(json, "bytes") ?? (10 << 20), after ?? 2),
            "error_event" => Fault.ErrorEvent(after ?? 0) with { StatusCode = Number(json, "status") ?? 500 },
            "duplicate_chunks" => Fault.DuplicateChunks(),
            "reordered_chunks" => Fault.ReorderedChunks(),
            "content_filter" => Fault.ContentFilter(),
            "endless_stream" => Fault.EndlessStream(),
            "usage_missing" => Fault.UsageMissing(),
            "usage_negative" => Fault.UsageNegative(),
            "usage_absurd" => Fault.UsageAbsurd(),
            _ => throw new ArgumentException($"Unknown fault kind '{kind}'.", nameof(json)),
        };
    }

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static int? Number(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}
