using System.Globalization;

namespace Wye.Yaml.LiteLlm;

/// <summary><c>router_settings</c> and what <c>litellm_settings</c> repeats of it.</summary>
internal sealed class RouterSettings
{
    /// <summary>The kinds of fallback, by the key that both LiteLLM and Wye give them.</summary>
    public const string General = "fallbacks";

    public const string ContextWindow = "context_window_fallbacks";

    public const string ContentPolicy = "content_policy_fallbacks";

    private const int MaxAttempts = 10;

    private readonly NoteList _notes;
    private readonly Dictionary<(string Key, string Group), List<string>> _fallbacks = [];

    public RouterSettings(LiteMap root, IReadOnlyCollection<string> balancing, NoteList notes)
    {
        _notes = notes;
        var router = root.Map("router_settings");
        var general = root.Map("litellm_settings");
        Balancing = Strategy(router, balancing);
        foreach (var settings in new[] { router, general })
        {
            Retries = First(Retries, settings, "num_retries", Whole);
            Total = First(First(Total, settings, "timeout", Seconds), settings, "request_timeout", Seconds);
            FirstToken = First(FirstToken, settings, "stream_timeout", Seconds);
            AllowedFails = First(AllowedFails, settings, "allowed_fails", Fails);
            Cooldown = First(Cooldown, settings, "cooldown_time", Seconds);
            DefaultFallbacks.AddRange(
                settings.Texts("default_fallbacks").Except(DefaultFallbacks, StringComparer.Ordinal).ToList()
            );
            Fallbacks(settings, General);
            Fallbacks(settings, ContextWindow);
            Fallbacks(settings, ContentPolicy);
            Aliases(settings);
        }

        notes.Rest(router);
        notes.Rest(general);
    }

    public string Balancing { get; }

    public int? Retries { get; private set; }

    public decimal? Total { get; private set; }

    public decimal? FirstToken { get; private set; }

    public int? AllowedFails { get; private set; }

    public decimal? Cooldown { get; private set; }

    public List<string> DefaultFallbacks { get; } = [];

    public Dictionary<string, string> AliasTargets { get; } = new(StringComparer.Ordinal);

    /// <summary>Fallbacks of one kind that a group has of its own; empty = none.</summary>
    public IReadOnlyList<string> FallbacksOf(string key, string group) =>
        _fallbacks.GetValueOrDefault((key, group)) ?? [];

    /// <summary>Whether a group has fallbacks of its own, of any kind.</summary>
    public bool HasFallbacks(string group) =>
        _fallbacks.Keys.Any(pair => string.Equals(pair.Group, group, StringComparison.Ordinal));

    /// <summary>Calls that failure may cause: the first, the retries and each fallback.</summary>
    public int Attempts(int fallbacks) => Math.Clamp((Retries ?? 2) + 1 + fallbacks, 1, MaxAttempts);

    private string Strategy(LiteMap router, IReadOnlyCollection<string> known)
    {
        var written = router.Text("routing_strategy") ?? "simple-shuffle";
        var name = written switch
        {
            "simple-shuffle" => "weighted",
            "latency-based-routing" => "lowest-latency",
            "cost-based-routing" => "lowest-cost",
            "least-busy" => "least-busy",
            "usage-based-routing" or "usage-based-routing-v2" => "rate-limit-headroom",
            _ => null,
        };
        if (name is not null && known.Contains(name, StringComparer.Ordinal))
        {
            return name;
        }

        _notes.Add(
            router.At("routing_strategy"),
            $"Wye has no balancing policy for '{written}'.",
            "'weighted' stands in its place."
        );
        return "weighted";
    }

    private void Fallbacks(LiteMap settings, string key)
    {
        foreach (var entry in settings.Maps(key))
        {
            foreach (var group in entry.Keys.ToList())
            {
                var isDefault = key is General && group is "*";
                var list = isDefault ? DefaultFallbacks : Listed(key, group);
                list.AddRange(entry.Texts(group).Except(list, StringComparer.Ordinal).ToList());
            }
        }
    }

    private void Aliases(LiteMap settings)
    {
        var aliases = settings.Map("model_group_alias");
        foreach (var alias in aliases.Keys.ToList())
        {
            if ((aliases.Text(alias) ?? aliases.Map(alias).Text("model")) is { } target)
            {
                AliasTargets.TryAdd(alias, target);
            }
        }
    }

    private List<string> Listed(string key, string group)
    {
        if (!_fallbacks.TryGetValue((key, group), out var list))
        {
            _fallbacks[(key, group)] = list = [];
        }

        return list;
    }

    // Two sections, and two keys for one limit: what is written first stands, and the other is noted unless it says the same.
    private T? First<T>(T? standing, LiteMap settings, string key, Func<decimal?, T?> read)
        where T : struct
    {
        if (settings.Text(key) is not { } text)
        {
            return standing;
        }

        var written = read(settings.Number(key));
        if (written is null)
        {
            _notes.Add(settings.At(key), $"'{text}' is no number that Wye takes here.", "");
        }
        else if (standing is { } other && !other.Equals(written.Value))
        {
            _notes.Add(
                settings.At(key),
                string.Create(CultureInfo.InvariantCulture, $"Another key sets the same to {other}, which stands."),
                ""
            );
        }

        return standing ?? written;
    }

    private static int? Fails(decimal? number) => Whole(number) is { } fails ? Math.Clamp(fails, 1, 1000) : null;

    private static int? Whole(decimal? number) =>
        number is >= 0 and <= 1_000_000 ? (int)decimal.Truncate(number.Value) : null;

    private static decimal? Seconds(decimal? number) => number is > 0 and <= 86_400 ? number : null;

    internal static string Written(decimal seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
}
