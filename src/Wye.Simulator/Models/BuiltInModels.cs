namespace Wye.Simulator.Models;

/// <summary>The models a Simulator plays unless told otherwise.</summary>
/// <remarks>
/// Names, prices, context and output limits are the providers' public list prices as of late 2025 (base tier, no batch or
/// long-context surcharge; cache writes are Anthropic's five-minute kind). Skills and latencies are invented.
/// </remarks>
public static class BuiltInModels
{
    /// <summary>Fourteen chat models and two embedding models.</summary>
    public static IReadOnlyList<SimulatedModel> All { get; } =
    [
        Chat("gpt-4o-mini", "openai", .62, TokenPrices.PerMillion(.15m, .60m, .075m), 350, 7, 128_000, 16_384),
        Chat("gpt-4o", "openai", .78, TokenPrices.PerMillion(2.50m, 10m, 1.25m), 450, 11, 128_000, 16_384),
        Chat("gpt-4-turbo", "openai", .76, TokenPrices.PerMillion(10m, 30m), 700, 25, 128_000, 4_096),
        Chat("o1", "openai", .90, TokenPrices.PerMillion(15m, 60m, 7.50m), 6_000, 9, 200_000, 100_000) with
        {
            Reasons = true,
        },
        Chat("claude-3-5-haiku", "anthropic", .60, Anthropic(.80m, 4m), 500, 14, 200_000, 8_192),
        Chat("claude-haiku-4-5", "anthropic", .74, Anthropic(1m, 5m), 450, 7, 200_000, 64_000),
        Chat("claude-sonnet-4", "anthropic", .86, Anthropic(3m, 15m), 900, 15, 200_000, 64_000),
        Chat("claude-sonnet-4-5", "anthropic", .90, Anthropic(3m, 15m), 900, 14, 200_000, 64_000),
        Chat("claude-opus-4", "anthropic", .92, Anthropic(15m, 75m), 1_500, 22, 200_000, 32_000),
        Chat("claude-opus-4-5", "anthropic", .96, Anthropic(5m, 25m), 1_200, 16, 200_000, 64_000),
        Chat("gemini-2.5-flash", "google", .70, TokenPrices.PerMillion(.30m, 2.50m, .03m), 350, 5, 1_048_576, 65_536),
        Chat("gemini-2.5-pro", "google", .89, TokenPrices.PerMillion(1.25m, 10m, .125m), 2_000, 8, 1_048_576, 65_536),
        Chat("llama-3-8b", "meta", .45, TokenPrices.Free, 150, 12, 8_192, 8_192),
        Chat("llama-3-70b", "meta", .64, TokenPrices.Free, 400, 30, 8_192, 8_192),
        Embedding("text-embedding-3-small", TokenPrices.PerMillion(.02m, 0m), 1_536),
        Embedding("text-embedding-3-large", TokenPrices.PerMillion(.13m, 0m), 3_072),
    ];

    // Anthropic reads its cache at a tenth of the input price and writes it (for five minutes) at five quarters.
    private static TokenPrices Anthropic(decimal input, decimal output) =>
        TokenPrices.PerMillion(input, output, input / 10m, input * 1.25m);

    private static SimulatedModel Chat(
        string name,
        string owner,
        double skill,
        TokenPrices prices,
        int firstTokenMilliseconds,
        int perTokenMilliseconds,
        int context,
        int maxOutput
    ) =>
        new()
        {
            Name = name,
            Owner = owner,
            Skill = skill,
            Prices = prices,
            FirstToken = TimeSpan.FromMilliseconds(firstTokenMilliseconds),
            PerToken = TimeSpan.FromMilliseconds(perTokenMilliseconds),
            ContextTokens = context,
            MaxOutputTokens = maxOutput,
        };

    private static SimulatedModel Embedding(string name, TokenPrices prices, int dimensions) =>
        new()
        {
            Name = name,
            Owner = "openai",
            Skill = 0,
            Prices = prices,
            FirstToken = TimeSpan.FromMilliseconds(80),
            PerToken = TimeSpan.Zero,
            ContextTokens = 8_191,
            EmbeddingDimensions = dimensions,
        };
}
