using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Routes;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Hosting.Configuration.Resolving.Routes;

/// <summary>The numbers of one route: quality, cost, attempts and time.</summary>
internal sealed class BoundsResolver(ProblemList problems, string path, RouteConfig config)
{
    private const decimal MaxCost = 1_000_000;

    public Probability? Quality()
    {
        if (config.Quality is not { } quality)
        {
            return null;
        }

        if (quality is >= 0 and <= 1)
        {
            return new Probability(quality);
        }

        problems.Error($"{path}.quality", "The quality is out of range.", "Use a number from 0 to 1, e.g. 0.85.");
        return null;
    }

    public Usd? Cost()
    {
        if (config.MaxCost is not { } usd)
        {
            return null;
        }

        if (usd is > 0 and <= MaxCost)
        {
            return Usd.FromDollars(usd);
        }

        problems.Error($"{path}.max_cost", "The cost cap is out of range.", "Use more than 0 and up to 1000000 USD.");
        return null;
    }

    public Usd? PricePerMillion(string key, decimal? usd)
    {
        // Six decimals of a dollar per million are a pico-dollar per token.
        if (usd is not { } price)
        {
            return null;
        }

        if (price is >= 0 and <= MaxCost && price == decimal.Round(price, 6))
        {
            return Usd.PerMillionTokens(price);
        }

        problems.Error(
            $"{path}.{key}",
            "The price is out of range.",
            "Use 0 to 1000000 USD per 1,000,000 tokens, with at most six decimals, e.g. 2.50."
        );
        return null;
    }

    public double? Share(string key, double? share)
    {
        if (share is null or (>= 0 and <= 1))
        {
            return share;
        }

        problems.Error($"{path}.{key}", "The share is out of range.", "Use a number from 0 to 1, e.g. 0.1.");
        return null;
    }

    public PlanBounds Plan()
    {
        var defaults = new PlanBounds();
        var max = ConfigDefaults.MaxTimeout;
        var at = $"{path}.timeouts";
        var bounds = new PlanBounds
        {
            MaxFailureAttempts =
                problems.Count($"{path}.max_failure_attempts", config.MaxFailureAttempts, 1, 10)
                ?? defaults.MaxFailureAttempts,
            MaxUpstreamCalls =
                problems.Count($"{path}.max_upstream_calls", config.MaxUpstreamCalls, 1, 64)
                ?? defaults.MaxUpstreamCalls,
            FirstToken =
                problems.Duration($"{at}.first_token", config.Timeouts?.FirstToken, max) ?? defaults.FirstToken,
            InterToken =
                problems.Duration($"{at}.inter_token", config.Timeouts?.InterToken, max) ?? defaults.InterToken,
            Total = problems.Duration($"{at}.total", config.Timeouts?.Total, max) ?? defaults.Total,
        };
        if (bounds.MaxUpstreamCalls < bounds.MaxFailureAttempts)
        {
            problems.Error(
                $"{path}.max_upstream_calls",
                "Fewer upstream calls are allowed than failure attempts.",
                "Raise max_upstream_calls or lower max_failure_attempts."
            );
        }

        return bounds;
    }
}
