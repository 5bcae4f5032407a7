using System.Globalization;

namespace Wye.Yaml.LiteLlm;

/// <summary><c>router_settings</c> and what <c>litellm_settings</c> repeats of it.</summary>
internal sealed class RouterSettings
{
    private const int MaxAttempts = 10;

    private readonly NoteList _notes;
    private readonly Dictionary<string, List<string>> _fallbacks = new(StringComparer.Ordinal);

    public RouterSettings(LiteMap root, IReadOnlyCollection<string> balancing, NoteList notes)
    {
        _notes = notes;
        var router = root.Map("router_settings");
        var general = root.Map("litellm_settings");
        Balancing = Strategy(router, balancing);
        foreach (var settings in new[] { router, general })
        {
            Retries ??= Whole(settings.Number("num_retries"));
            Total ??= Seconds(settings.Number("timeout") ?? settings.Number("request_timeout"));
            FirstToken ??= Seconds(settings.Number("stream_timeout"));
            AllowedFails ??= Whole(settings.Number("allowed_fails")) is { } fails ? Math.Clamp(fails, 1, 1000) : null;
            Cooldown ??= settings.Number("cooldown_time") is { } seconds and > 0 and <= 86_400 ? seconds : null;
            DefaultFallbacks.AddRange(
                settings.Texts("default_fallbacks").Except(DefaultFallbacks, StringComparer.Ordinal).ToList()
            );
            Fallbacks(settings, "fallbacks");
            Fallbacks(settings, "context_window_fallbacks");
            Content(settings);
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

    /// <summary>Fallbacks of a group's own; empty = none.</summary>
    public IReadOnlyList<string> FallbacksOf(string group) => _fallbacks.GetValueOrDefault(group) ?? [];

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

    /// <summary>Wye knows one list: a request that is too long for a model only goes to those whose context holds it.</summary>
    private void Fallbacks(LiteMap settings, string key)
    {
        foreach (var entry in settings.Maps(key))
        {
            foreach (var group in entry.Keys.ToList())
            {
                var targets = entry.Texts(group).ToList();
                var list = string.Equals(group, "*", StringComparison.Ordinal) ? DefaultFallbacks : Listed(group);
                list.AddRange(targets.Except(list, StringComparer.Ordinal).ToList());
                if (key is "context_window_fallbacks")
                {
                    _notes.Add(
                        entry.At(group),
                        "They stand behind the general fallbacks of the route, so that other failures reach them too.",
                        "A prompt that is too long goes straight to the models whose context holds it."
                    );
                }
            }
        }
    }

    private void Content(LiteMap settings)
    {
        foreach (var entry in settings.Maps("content_policy_fallbacks"))
        {
            foreach (var group in entry.Keys.ToList())
            {
                _notes.Add(
                    entry.At(group),
                    "Fallbacks for refused content have no key of their own.",
                    $"Were: {string.Join(", ", entry.Texts(group))}."
                );
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

    private List<string> Listed(string group)
    {
        if (!_fallbacks.TryGetValue(group, out var list))
        {
            _fallbacks[group] = list = [];
        }

        return list;
    }

    private static int? Whole(decimal? number) =>
        number is >= 0 and <= 1_000_000 ? (int)decimal.Truncate(number.Value) : null;

    private static decimal? Seconds(decimal? number) => number is > 0 and <= 86_400 ? number : null;

    internal static string Written(decimal seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture) + "s";
}
