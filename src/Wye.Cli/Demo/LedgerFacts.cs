using System.Text.Json;
using Wye.Primitives;

namespace Wye.Cli.Demo;

/// <summary>What the ledger holds of one request, as <c>/admin/requests/{id}</c> shows it.</summary>
internal sealed record LedgerFacts
{
    /// <summary>The step kind Wye saw.</summary>
    public required string StepKind { get; init; }

    /// <summary>Tier of the model that answered; empty = none answered.</summary>
    public required string Tier { get; init; }

    /// <summary>Exact cost.</summary>
    public required Usd Cost { get; init; }

    /// <summary>What the strong model would have cost for the same tokens; null = unknown.</summary>
    public required Usd? StrongCost { get; init; }

    /// <summary>Tokens by kind.</summary>
    public required Usage Usage { get; init; }

    /// <summary>Time the decision took, in microseconds.</summary>
    public required double DecisionMicroseconds { get; init; }

    /// <summary>The upstream calls: why, whom, for how much.</summary>
    public IReadOnlyList<(string Cause, string Model, Usd Cost)> Attempts { get; init; } = [];

    /// <summary>Reads the page.</summary>
    public static LedgerFacts Read(JsonElement page)
    {
        var tokens = page.GetProperty("tokens");
        return new LedgerFacts
        {
            StepKind = page.GetProperty("step_kind").GetString() ?? "",
            Tier = page.GetProperty("tier").GetString() ?? "",
            Cost = new Usd(page.GetProperty("cost_picodollars").GetInt64()),
            StrongCost = page.GetProperty("strong_cost_picodollars") is { ValueKind: JsonValueKind.Number } strong
                ? new Usd(strong.GetInt64())
                : null,
            Usage = new Usage
            {
                InputTokens = tokens.GetProperty("input").GetInt64(),
                CacheReadTokens = tokens.GetProperty("cache_read").GetInt64(),
                CacheWriteTokens = tokens.GetProperty("cache_write").GetInt64(),
                OutputTokens = tokens.GetProperty("output").GetInt64(),
                ReasoningTokens = tokens.GetProperty("reasoning").GetInt64(),
            },
            Attempts =
            [
                .. page.GetProperty("calls")
                    .EnumerateArray()
                    .Select(call =>
                        (
                            call.GetProperty("cause").GetString()!,
                            call.GetProperty("model").GetString()!,
                            new Usd(call.GetProperty("cost_picodollars").GetInt64())
                        )
                    ),
            ],
            DecisionMicroseconds = page.GetProperty("decision_us").GetDouble(),
        };
    }
}
