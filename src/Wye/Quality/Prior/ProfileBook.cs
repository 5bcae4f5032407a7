using Wye.Catalog;
using Wye.Quality.Estimates;

namespace Wye.Quality.Prior;

/// <summary>Finds the measured model that speaks for any model: own head, configured likeness, built-in table, tier.</summary>
internal sealed class ProfileBook
{
    private const int MostHops = 4;
    private readonly IReadOnlyList<string> _measured;
    private readonly IReadOnlyList<float> _means;
    private readonly IReadOnlyDictionary<string, string> _likes;
    private readonly Dictionary<string, int> _byName = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _byKey = new(StringComparer.Ordinal);

    /// <summary>Indexes what a router measured.</summary>
    /// <param name="measured">Names of the measured models.</param>
    /// <param name="means">Mean quality of each; empty = not known.</param>
    /// <param name="likes">Configured likenesses: model → model.</param>
    public ProfileBook(
        IReadOnlyList<string> measured,
        IReadOnlyList<float> means,
        IReadOnlyDictionary<string, string> likes
    )
    {
        (_measured, _means, _likes) = (measured, means, likes);
        for (int h = 0; h < measured.Count; h++)
        {
            _byName[measured[h]] = h;
            if (BuiltInCatalog.FindModel(measured[h]) is { } model)
                _byName.TryAdd(model.Id.Value, h);
            string key = ProfileName.Of(measured[h]);
            // Of several dates of one model the latest speaks for it.
            if (!_byKey.TryGetValue(key, out int known) || string.CompareOrdinal(measured[h], measured[known]) > 0)
                _byKey[key] = h;
        }
    }

    /// <summary>The measured model of that name, whatever its date or vendor prefix; −1 = none.</summary>
    public int Find(string name)
    {
        if (_byName.TryGetValue(name, out int exact))
            return exact;
        if (BuiltInCatalog.FindModel(name) is { } known && _byName.TryGetValue(known.Id.Value, out int alias))
            return alias;
        return _byKey.GetValueOrDefault(ProfileName.Of(name), -1);
    }

    /// <summary>Whose profile speaks for a model.</summary>
    /// <param name="model">Its name.</param>
    /// <param name="tier">Its tier.</param>
    /// <param name="rank">The tier's rank, 1 = cheapest; 0 = in none.</param>
    /// <param name="ranks">Number of tiers.</param>
    public ModelProfile Of(string model, string tier, int rank, int ranks)
    {
        string named = model;
        for (int hop = 0; hop < MostHops; hop++)
        {
            // A configured likeness overrides even an own head: whoever writes it means it.
            if (_likes.TryGetValue(named, out string? like))
            {
                named = like;
                continue;
            }

            if (Find(named) is var head and >= 0)
                return new ModelProfile(head, 0, hop == 0 ? EstimateSource.Own : EstimateSource.Like, _measured[head]);
            if (FromTable(named) is { } row)
                return hop == 0 ? row : row with { Source = EstimateSource.Like };
            break;
        }

        return FromTier(tier, rank, ranks);
    }

    private ModelProfile? FromTable(string model)
    {
        string canonical = BuiltInCatalog.FindModel(model)?.Id.Value ?? model;
        return ProfileTable.Find(canonical) is { } row ? First(row, EstimateSource.Family) : null;
    }

    private ModelProfile? First(ProfileTable.Row row, EstimateSource source)
    {
        foreach (string like in row.Like)
        {
            if (Find(like) is var head and >= 0)
                return new ModelProfile(head, row.Raise, source, _measured[head]);
        }

        return null;
    }

    private ModelProfile FromTier(string tier, int rank, int ranks)
    {
        string usual =
            tier is "small" or "medium" or "large" ? tier
            : rank <= 1 ? "small"
            : rank == ranks ? "large"
            : "medium";
        if (First(ProfileTable.OfTier(usual), EstimateSource.Tier) is { } row)
            return row;
        // A router of other models: by how good they are on the whole, the same share of the way up.
        int[] order = [.. Enumerable.Range(0, _measured.Count).OrderBy(h => _means.Count > h ? _means[h] : h)];
        double share = usual switch
        {
            "small" => 0.25,
            "medium" => 0.6,
            _ => 1,
        };
        int head = order[(int)Math.Round(share * (order.Length - 1), MidpointRounding.AwayFromZero)];
        return new ModelProfile(head, 0, EstimateSource.Tier, _measured[head]);
    }
}
