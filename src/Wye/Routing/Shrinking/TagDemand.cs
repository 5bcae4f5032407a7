using System.Collections.Immutable;
using Wye.Catalog;

namespace Wye.Routing.Shrinking;

/// <summary>Which tagged deployments of a model a request's tags ask for.</summary>
/// <remarks>
/// Tags separated by commas are alternatives; <c>a&amp;b</c> wants both, <c>!a</c> excludes. Whom no alternative fits are
/// served by deployments tagged <c>default</c>, as are requests without tags where there are some. A tag that no deployment
/// of the model carries is a label for rules and the ledger: it demands nothing.
/// </remarks>
internal static class TagDemand
{
    public const string Default = "default";

    /// <summary>The deployments that serve a request with these tags; empty = none does.</summary>
    public static ImmutableArray<Deployment> Filter(ImmutableArray<Deployment> deployments, ImmutableArray<string> tags)
    {
        var (demands, alternatives) = Read(deployments, tags);
        var left = deployments;
        if (demands)
        {
            left = Keep(deployments, tags, alternatives);
        }

        if (demands && !left.IsEmpty && alternatives)
        {
            return left;
        }

        // Without an alternative that fits: the deployments kept for everybody, where there are some.
        var general = ImmutableArray.CreateBuilder<Deployment>();
        foreach (var deployment in deployments)
        {
            if (Has(deployment, Default) && !Excluded(deployment, tags))
            {
                general.Add(deployment);
            }
        }

        return general.Count > 0 ? general.ToImmutable() : left;
    }

    /// <summary>Whether the tags demand anything here, and whether one of them is not an exclusion.</summary>
    private static (bool Demands, bool Alternatives) Read(
        ImmutableArray<Deployment> deployments,
        ImmutableArray<string> tags
    )
    {
        var (demands, alternatives) = (false, false);
        foreach (var tag in tags)
        {
            if (!IsKnown(deployments, tag))
            {
                continue;
            }

            demands = true;
            alternatives |= !tag.StartsWith('!');
        }

        return (demands, alternatives);
    }

    private static ImmutableArray<Deployment> Keep(
        ImmutableArray<Deployment> deployments,
        ImmutableArray<string> tags,
        bool alternatives
    )
    {
        var left = ImmutableArray.CreateBuilder<Deployment>(deployments.Length);
        foreach (var deployment in deployments)
        {
            if (!Excluded(deployment, tags) && (!alternatives || FitsAny(deployment, tags)))
            {
                left.Add(deployment);
            }
        }

        return left.ToImmutable();
    }

    private static bool FitsAny(Deployment deployment, ImmutableArray<string> tags)
    {
        foreach (var tag in tags)
        {
            if (!tag.StartsWith('!') && FitsAll(deployment, tag))
            {
                return true;
            }
        }

        return false;
    }

    private static bool FitsAll(Deployment deployment, ReadOnlySpan<char> tags)
    {
        foreach (var part in tags.Split('&'))
        {
            if (!Has(deployment, tags[part].Trim()))
            {
                return false;
            }
        }

        return true;
    }

    private static bool Excluded(Deployment deployment, ImmutableArray<string> tags)
    {
        foreach (var tag in tags)
        {
            if (tag.StartsWith('!') && Has(deployment, tag.AsSpan(1).Trim()))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsKnown(ImmutableArray<Deployment> deployments, string tag)
    {
        var plain = tag.AsSpan().TrimStart('!');
        foreach (var part in plain.Split('&'))
        {
            foreach (var deployment in deployments)
            {
                if (Has(deployment, plain[part].Trim()))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool Has(Deployment deployment, ReadOnlySpan<char> tag)
    {
        if (deployment.Tags.IsDefaultOrEmpty)
        {
            return false;
        }

        foreach (var own in deployment.Tags)
        {
            if (tag.Equals(own, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }
}
