namespace Wye.Gateway.Money;

/// <summary>A gateway whose runs may spend about one call of the large model.</summary>
public sealed class DegradeFixture : GatewayFixture
{
    /// <summary>In USD: a call of 1,100 tokens reserves 0.0275 at the large model, 0.011 at the medium and 0.0007 at the small one.</summary>
    public const decimal Limit = 0.028m;

    protected override string ConfigOf(Uri simulator) =>
        Config(simulator)
        + """

              ruled: { policies: [rules], rules: [{ tier: large }] }
              strict: { policies: [static], budget_ladder: [] }
              staged: { policies: [cascade], tiers: [small, large], gate: wellformed }
            budgets:
              run: { scope: run, limit: 0.028, window: total }
              pinched: { scope: tag, of: [pinched], limit: 0.0252, window: total }
              poor: { scope: tag, of: [poor], limit: 0.002, window: total }
              broke: { scope: tag, of: [broke], limit: 0.0001, window: total }
            """;
}
