using System.Globalization;
using System.Text;
using Wye.Hosting.Configuration.Defaults;

namespace Wye.Yaml.LiteLlm;

/// <summary>Model groups and router settings → <c>models</c>, <c>aliases</c>, <c>routes</c>, <c>explicit</c>.</summary>
/// <remarks>
/// A group is a model. One with fallbacks of its own is a route of that name over a model of the name with
/// <c>-pool</c> behind it, because fallbacks belong to routes.
/// </remarks>
internal sealed class GroupWriter
{
    private readonly List<ImportedModel> _groups;
    private readonly RouterSettings _settings;
    private readonly NoteList _notes;
    private readonly Dictionary<string, string> _modelOf = new(StringComparer.Ordinal);

    public GroupWriter(List<ImportedModel> groups, RouterSettings settings, NoteList notes)
    {
        (_groups, _settings, _notes) = (groups, settings, notes);
        var names = groups.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var group in groups)
        {
            _modelOf[group.Name] = !settings.HasFallbacks(group.Name) ? group.Name : Free(group.Name + "-pool", names);
        }
    }

    public void Write(StringBuilder yaml)
    {
        var hasOrder = _groups.Exists(group => group.Deployments.Exists(each => each.Parameters.Has("order")));
        var balancing = hasOrder ? "priority" : _settings.Balancing;
        var models = new ModelWriter(_notes, balancing);
        yaml.Append("\nmodels:\n");
        foreach (var group in _groups)
        {
            models.Write(yaml, group, _modelOf[group.Name]);
        }

        Aliases(yaml);
        yaml.Append("\n# For every model that a client names itself.\nexplicit:\n");
        Bounds(yaml, "  ", balancing, Targets("default_fallbacks", _settings.DefaultFallbacks));
        var own = _groups.Where(group => _settings.HasFallbacks(group.Name)).ToList();
        if (own.Count == 0)
        {
            return;
        }

        yaml.Append("\nroutes:\n");
        foreach (var group in own)
        {
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"  {YamlText.Of(group.Name)}:\n    policies: [rules]\n    rules: [{{ model: {YamlText.Of(_modelOf[group.Name])} }}]\n"
            );
            var general = _settings.FallbacksOf(RouterSettings.General, group.Name).Concat(_settings.DefaultFallbacks);
            Bounds(yaml, "    ", balancing, Targets($"fallbacks.{group.Name}", general, group.Name));
            foreach (var key in new[] { RouterSettings.ContextWindow, RouterSettings.ContentPolicy })
            {
                var targets = Targets($"{key}.{group.Name}", _settings.FallbacksOf(key, group.Name), group.Name);
                if (targets.Count > 0)
                {
                    var names = string.Join(", ", targets.Select(YamlText.Of));
                    yaml.Append(CultureInfo.InvariantCulture, $"    {key}: [{names}]\n");
                }
            }
        }
    }

    private void Bounds(StringBuilder yaml, string indent, string balancing, List<string> fallbacks)
    {
        yaml.Append(CultureInfo.InvariantCulture, $"{indent}balancing: {balancing}\n");
        yaml.Append(
            CultureInfo.InvariantCulture,
            $"{indent}max_failure_attempts: {_settings.Attempts(fallbacks.Count)}\n"
        );
        if (fallbacks.Count > 0)
        {
            yaml.Append(
                CultureInfo.InvariantCulture,
                $"{indent}fallbacks: [{string.Join(", ", fallbacks.Select(YamlText.Of))}]\n"
            );
        }

        var timeouts = new List<string>();
        if (_settings.FirstToken is { } first)
        {
            timeouts.Add($"first_token: {RouterSettings.Written(first)}");
        }

        if (_settings.Total is { } total)
        {
            timeouts.Add($"total: {RouterSettings.Written(total)}");
        }

        if (timeouts.Count > 0)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"{indent}timeouts: {{ {string.Join(", ", timeouts)} }}\n");
        }
    }

    private List<string> Targets(string path, IEnumerable<string> written, string? self = null)
    {
        var targets = new List<string>();
        foreach (var name in written)
        {
            var group = _settings.AliasTargets.GetValueOrDefault(name, name);
            if (!_modelOf.TryGetValue(group, out var model))
            {
                _notes.Add(path, $"The fallback '{name}' is not among the models that were carried.", "");
            }
            else if (
                !string.Equals(group, self, StringComparison.Ordinal)
                && !targets.Contains(model, StringComparer.Ordinal)
            )
            {
                targets.Add(model);
            }
        }

        return targets;
    }

    private void Aliases(StringBuilder yaml)
    {
        var written = false;
        foreach (var (alias, target) in _settings.AliasTargets)
        {
            if (!_modelOf.ContainsKey(target) || _modelOf.ContainsKey(alias))
            {
                _notes.Add($"model_group_alias.{alias}", $"It leads to '{target}', which was not carried.", "");
                continue;
            }

            yaml.Append(written ? "" : "\naliases:\n");
            yaml.Append(CultureInfo.InvariantCulture, $"  {YamlText.Of(alias)}: {YamlText.Of(target)}\n");
            written = true;
        }
    }

    private static string Free(string name, HashSet<string> taken)
    {
        var free = name;
        for (var i = 2; !taken.Add(free); i++)
        {
            free = string.Create(CultureInfo.InvariantCulture, $"{name}-{i}");
        }

        return free;
    }
}
