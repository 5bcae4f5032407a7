namespace Wye.Gateway.Http;

/// <summary>One model at four deployments of equal weight, which the Simulator tells apart by their upstream names.</summary>
public sealed class StickinessFixture : GatewayFixture
{
    /// <inheritdoc/>
    protected override string ConfigOf(Uri simulator) =>
        $$"""
            providers:
              sim: { dialect: openai, base_url: "{{simulator}}v1", key: sk-simulated }
            models:
              house:
                context: 64000
                max_output: 4000
                capabilities: [stream, tools]
                price: { input: 1, output: 2 }
                deployments:
                  - { provider: sim, id: one, upstream: gpt-4o-mini }
                  - { provider: sim, id: two, upstream: gpt-4o }
                  - { provider: sim, id: three, upstream: claude-haiku-4-5 }
                  - { provider: sim, id: four, upstream: claude-sonnet-4-5 }
            tiers:
              - { name: only, models: [house] }
            routes:
              held: { policies: [static] }
              loose: { policies: [static], sticky: false }
            """;
}
