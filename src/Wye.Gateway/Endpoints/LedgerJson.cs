using System.Globalization;
using System.Text.Json;
using Wye.Gateway.Http;
using Wye.Ledger;
using Wye.Ledger.Corrections;
using Wye.Ledger.Judgements;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary>The JSON form of ledger rows, as <c>/admin/requests</c> shows them. Money twice: exact p$ and readable dollars.</summary>
internal static class LedgerJson
{
    public static void Write(Utf8JsonWriter json, LedgerRecord record, Judgement? judgement = null)
    {
        json.WriteStartObject();
        WriteMembers(json, record.Request);
        json.WriteStartArray("calls");
        foreach (var attempt in record.Attempts)
        {
            Write(json, attempt);
        }

        json.WriteEndArray();
        if (!record.Corrections.IsEmpty)
        {
            json.WriteStartArray("corrections");
            foreach (var correction in record.Corrections)
            {
                Write(json, correction);
            }

            json.WriteEndArray();
        }

        if (judgement is not null)
        {
            Write(json, judgement);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Judgement judgement)
    {
        json.WriteStartObject("feedback");
        json.WriteString("at", judgement.At.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("score", judgement.Score / (double)QualityExpectation.Whole);
        json.WriteString("comment", judgement.Comment);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, Correction correction)
    {
        json.WriteStartObject();
        json.WriteString("id", correction.Id);
        json.WriteString("at", correction.At.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("request", correction.Request?.Value);
        if (correction.Call is { } call)
        {
            json.WriteNumber("call", call);
        }

        json.WriteString("day", correction.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("model", correction.Model.Value);
        json.WriteString("deployment", correction.Deployment.Value);
        Money(json, "amount", correction.Amount);
        json.WriteString("by", correction.By);
        json.WriteString("why", correction.Why);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, RequestEntry request)
    {
        json.WriteStartObject();
        WriteMembers(json, request);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, LedgerTotals totals)
    {
        json.WriteStartObject();
        json.WriteNumber("requests", totals.Requests);
        json.WriteNumber("calls", totals.Attempts);
        json.WriteString("cost_picodollars", totals.CostPicoDollars.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("estimated_calls", totals.EstimatedAttempts);
        json.WriteNumber("unpriced_calls", totals.UnpricedAttempts);
        json.WriteNumber("corrections", totals.Corrections);
        json.WriteString("corrected_picodollars", totals.CorrectedPicoDollars.ToString(CultureInfo.InvariantCulture));
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, RequestEntry request)
    {
        json.WriteString("id", request.Id.Value);
        json.WriteString("at", request.At.ToString("O", CultureInfo.InvariantCulture));
        json.WriteString("key", request.Key.Value);
        json.WriteString("route", request.Route.Value);
        json.WriteString("requested_model", request.RequestedModel);
        json.WriteString("policy", request.Policy);
        json.WriteString("step_kind", request.StepKind.Name());
        json.WriteString("step", request.Step);
        json.WriteString("run", request.Run);
        json.WriteString("tier", request.Tier?.Value);
        json.WriteString("model", request.Model?.Value);
        json.WriteString("deployment", request.Deployment?.Value);
        json.WriteString("why", request.Why);
        json.WriteNumber("query_length", request.QueryLength);
        Write(json, request.Usage);
        json.WriteBoolean("estimated", request.Estimated);
        Money(json, "cost", request.Cost);
        json.WriteBoolean("unpriced", request.Unpriced);
        json.WriteString("strong", request.Strong?.Value);
        Money(json, "strong_cost", request.StrongCost);
        Money(json, "saved", request.Saved);
        WriteCounterfactual(json, request.Counterfactual);
        if (request.Expected is { } expected)
        {
            json.WriteNumber("expected_quality", expected.Millionths / (double)QualityExpectation.Whole);
        }

        json.WriteNumber("decision_us", Math.Round(request.DecisionMicroseconds, 1));
        Milliseconds(json, "first_token_ms", request.FirstTokenMilliseconds);
        Milliseconds(json, "total_ms", request.TotalMilliseconds);
        json.WriteNumber("attempts", request.Attempts);
        json.WriteBoolean("stream", request.Stream);
        json.WriteNumber("status", request.Status);
        json.WriteString("failure", request.Failure?.ToString());
    }

    private static void WriteCounterfactual(Utf8JsonWriter json, Counterfactual? other)
    {
        if (other is null)
        {
            json.WriteNull("counterfactual");
            return;
        }

        json.WriteStartObject("counterfactual");
        Range(json, "strong", other.Strong);
        json.WriteString("cheapest_model", other.CheapestModel?.Value);
        Range(json, "cheapest", other.Cheapest);
        json.WriteString("previous_policy", other.PreviousPolicy);
        json.WriteString("previous_model", other.PreviousModel?.Value);
        Range(json, "previous", other.Previous);
        json.WriteEndObject();
    }

    private static void Range(Utf8JsonWriter json, string name, CostRange? range)
    {
        if (range is not { } known)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("low_picodollars", known.Low.PicoDollars);
        json.WriteNumber("expected_picodollars", known.Expected.PicoDollars);
        json.WriteNumber("high_picodollars", known.High.PicoDollars);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, AttemptEntry attempt)
    {
        json.WriteStartObject();
        json.WriteNumber("number", attempt.Number);
        json.WriteString("at", attempt.At.ToString("O", CultureInfo.InvariantCulture));
        json.WriteNumber("node", attempt.Node);
        json.WriteString("cause", attempt.Cause);
        json.WriteString("model", attempt.Model.Value);
        json.WriteString("deployment", attempt.Deployment.Value);
        Write(json, attempt.Usage);
        json.WriteBoolean("estimated", attempt.Estimated);
        Money(json, "cost", attempt.Cost);
        Milliseconds(json, "first_token_ms", attempt.FirstTokenMilliseconds);
        Milliseconds(json, "total_ms", attempt.TotalMilliseconds);
        if (attempt.Status is { } status)
        {
            json.WriteNumber("status", status);
        }

        json.WriteString("failure", attempt.Failure?.ToString());
        if (attempt.Price is { } price)
        {
            json.WriteString("price", price.Version);
            json.WriteString("price_picodollars", price.Text);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, in Usage usage)
    {
        json.WriteStartObject("tokens");
        json.WriteNumber("input", usage.InputTokens);
        json.WriteNumber("cache_read", usage.CacheReadTokens);
        json.WriteNumber("cache_write", usage.CacheWriteTokens);
        json.WriteNumber("output", usage.OutputTokens);
        json.WriteNumber("reasoning", usage.ReasoningTokens);
        Rare("cache_write_1h", usage.CacheWriteHourTokens);
        Rare("audio_input", usage.AudioInputTokens);
        Rare("image_input", usage.ImageInputTokens);
        Rare("audio_output", usage.AudioOutputTokens);
        if (usage.ServiceTier != ServiceTier.Standard)
        {
            json.WriteString("service_tier", usage.ServiceTier.Name());
        }
        json.WriteEndObject();

        void Rare(string name, long tokens)
        {
            if (tokens > 0)
            {
                json.WriteNumber(name, tokens);
            }
        }
    }

    private static void Money(Utf8JsonWriter json, string name, Usd? amount)
    {
        if (amount is { } known)
        {
            json.WriteNumber(name + "_picodollars", known.PicoDollars);
            json.WriteString(name + "_usd", WyeHeaders.Dollars(known));
        }
        else
        {
            json.WriteNull(name + "_picodollars");
            json.WriteNull(name + "_usd");
        }
    }

    private static void Milliseconds(Utf8JsonWriter json, string name, double? value)
    {
        if (value is { } known)
        {
            json.WriteNumber(name, Math.Round(known, 3));
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
