using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Primitives;
using Wye.Routing.Selection;

namespace Wye.Cli.Estimates;

/// <summary>Prices a workflow before it runs, under four strategies side by side. Exact for the tokens given; nothing is called.</summary>
internal sealed class Estimator
{
    // Shares are taken in millionths, so that money stays in integers.
    private const long Whole = 1_000_000;

    private readonly WorkflowEstimate _workflow;
    private readonly ImmutableArray<PricedTier> _tiers;
    private readonly ImmutableArray<Tier> _order;

    /// <param name="workflow">What is priced.</param>
    /// <param name="tiers">Cheapest first; at least one.</param>
    /// <exception cref="CliFailureException">The workflow names a tier that is not there.</exception>
    public Estimator(WorkflowEstimate workflow, ImmutableArray<PricedTier> tiers)
    {
        _workflow = workflow;
        _tiers = tiers;
        _order = [.. tiers.Select((tier, i) => new Tier(new TierName(tier.Name), i + 1, []))];
        Static = workflow.StaticTier is { } named ? Find(named, "static_tier") : tiers[tiers.Length / 2];
        Steps = [.. workflow.Steps.Select(Price)];
    }

    /// <summary>The tier of the one model for everything.</summary>
    public PricedTier Static { get; }

    /// <summary>The strongest tier.</summary>
    public PricedTier Strong => _tiers[^1];

    /// <summary>Each step.</summary>
    public ImmutableArray<StepEstimate> Steps { get; }

    /// <summary>A sum over one run.</summary>
    public Usd Sum(Func<StepEstimate, Usd> part) => Steps.Aggregate(Usd.Zero, (sum, step) => sum + part(step));

    private StepEstimate Price(WorkflowEstimateStep step)
    {
        var usage = step.Usage;
        var own = step.Tier is { } named ? Find(named, $"step '{step.Name}'") : OfKind(step);
        var stages = _tiers[..(_tiers.IndexOf(own) + 1)];
        var (expected, high) = Cascade(stages, usage, step.Escalation ?? _workflow.Escalation);
        var (model, cost) = own.Cheapest(usage);
        return new StepEstimate(step, own.Name, model.Id.Value)
        {
            Strong = Strong.Cheapest(usage).Cost * step.Calls,
            Static = Static.Cheapest(usage).Cost * step.Calls,
            Tiers = cost * step.Calls,
            Cascade = expected * step.Calls,
            CascadeLow = stages[0].Cheapest(usage).Cost * step.Calls,
            CascadeHigh = high * step.Calls,
            Stages = [.. stages.Select(stage => stage.Name)],
        };
    }

    private PricedTier OfKind(WorkflowEstimateStep step)
    {
        var wanted = StepTierDefaults.Of(step.Kind, (int)Math.Min(step.InputTokens, int.MaxValue));
        return _tiers[TierChoice.Map(_order, wanted).Rank - 1];
    }

    // Each stage is paid by the share of answers that all stages before it refused. Local gates cost nothing.
    private static (Usd Expected, Usd High) Cascade(ImmutableArray<PricedTier> stages, in Usage usage, double refused)
    {
        var (expected, high) = (Int128.Zero, Usd.Zero);
        var share = (Int128)Whole;
        foreach (var stage in stages)
        {
            var cost = stage.Cheapest(usage).Cost;
            high += cost;
            expected += cost.PicoDollars * share / Whole;
            share = share * (long)Math.Round(refused * Whole) / Whole;
        }

        return (new Usd((long)expected), high);
    }

    private PricedTier Find(string name, string where) =>
        _tiers.FirstOrDefault(tier => string.Equals(tier.Name, name, StringComparison.Ordinal))
        ?? throw new CliFailureException(
            $"There is no tier '{name}' ({where}). There are: {string.Join(", ", _tiers.Select(tier => tier.Name))}.",
            ExitCodes.Usage
        );
}
