using System.Globalization;
using System.Text;
using Wye.Catalog;
using Wye.Hosting.Configuration.Defaults;

namespace Wye.Yaml.LiteLlm;

/// <summary>Model groups → the <c>models</c> section.</summary>
internal sealed class ModelWriter(NoteList notes, string balancing)
{
    private const int UnknownContext = 8_192;
    private const int UnknownOutput = 4_096;

    private readonly HashSet<string> _ids = new(StringComparer.Ordinal);

    /// <param name="yaml">Where it goes.</param>
    /// <param name="group">The group.</param>
    /// <param name="name">The model's name in Wye.</param>
    public void Write(StringBuilder yaml, ImportedModel group, string name)
    {
        var known = BuiltInCatalog.FindModel(name);
        var isKnown = known is not null && group.Deployments.TrueForAll(each => each.Facts?.Id == known.Id);
        yaml.Append(CultureInfo.InvariantCulture, $"  {YamlText.Of(name)}:\n");
        if (!isKnown)
        {
            WriteFacts(yaml, group);
        }

        yaml.Append("    deployments:\n");
        foreach (var deployment in group.Deployments)
        {
            WriteDeployment(yaml, deployment, isKnown);
        }
    }

    private void WriteFacts(StringBuilder yaml, ImportedModel group)
    {
        var facts = group.Deployments.Select(each => each.Facts).ToList();
        var context = group.Deployments.Min(Context);
        var output = group.Deployments.Min(Output);
        if (context is null || output is null)
        {
            notes.Add(
                group.Deployments[0].Parameters.At("model"),
                $"The limits of '{group.Name}' are not known.",
                $"Check its context and max_output: {UnknownContext} and {UnknownOutput} tokens are a guess."
            );
        }

        var capabilities = facts.Contains(null)
            ? ["stream", "tools", "vision", "json", "schema"]
            : CapabilityNames.Of(facts.Aggregate((Capabilities)~0, (all, one) => all & one!.Capabilities));
        var tier = facts[0]?.Tier.Value ?? "medium";
        var kind =
            group.Deployments.Exists(each => each.About.Text("mode") is "embedding")
            || facts.Exists(each => each?.Kind == ModelKind.Embedding)
                ? "embedding"
                : "chat";
        yaml.Append(
            CultureInfo.InvariantCulture,
            $"    context: {context ?? UnknownContext}\n    max_output: {(kind is "embedding" ? 1 : Math.Min(output ?? UnknownOutput, context ?? UnknownContext))}\n    tier: {tier}\n"
        );
        if (kind is not "chat")
        {
            yaml.Append(CultureInfo.InvariantCulture, $"    kind: {kind}\n");
        }

        yaml.Append(CultureInfo.InvariantCulture, $"    capabilities: [{string.Join(", ", capabilities)}]\n");
        // A group goes with its last deployment, not with its first.
        var days = group.Deployments.ConvertAll(each => each.RetiresOn);
        var retires = days.Contains(null) ? null : days.Max();
        yaml.Append(
            CultureInfo.InvariantCulture,
            $"    retires_on: {retires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "never"}\n"
        );
    }

    private void WriteDeployment(StringBuilder yaml, ImportedDeployment deployment, bool isKnown)
    {
        var parameters = deployment.Parameters;
        var parts = new List<string>
        {
            $"provider: {YamlText.Of(deployment.Provider.Name)}",
            $"upstream: {YamlText.Of(deployment.Upstream)}",
        };
        var id = $"{deployment.Provider.Name}/{deployment.Upstream}";
        if (!_ids.Add(id))
        {
            var other = id;
            for (var i = 2; !_ids.Add(other); i++)
            {
                other = string.Create(CultureInfo.InvariantCulture, $"{id}#{i}");
            }

            parts.Add($"id: {YamlText.Of(other)}");
        }

        var rpm = Count(parameters.Number("rpm"));
        var weight = parameters.Number("weight") ?? (balancing is "weighted" ? rpm : null);
        Append(parts, "weight", weight is > 0 and <= 1_000_000 ? weight : null);
        Append(parts, "order", Whole(parameters.Number("order"), -1_000_000));
        Append(parts, "rpm", rpm);
        Append(parts, "tpm", Count(parameters.Number("tpm")));
        Append(parts, "max_in_flight", Whole(parameters.Number("max_parallel_requests"), 1));
        var tags = parameters.Texts("tags").Where(tag => tag.Length > 0).Select(YamlText.Of).ToList();
        if (tags.Count > 0)
        {
            parts.Add($"tags: [{string.Join(", ", tags)}]");
        }

        if (deployment.Price is { } price && (deployment.HasOwnPrice || !isKnown))
        {
            parts.Add($"price: {PriceOverrides.Written(price)}");
        }

        yaml.Append(CultureInfo.InvariantCulture, $"      - {{ {string.Join(", ", parts)} }}\n");
    }

    private static int? Context(ImportedDeployment each) =>
        Limit(each.About, "max_input_tokens") ?? each.Facts?.ContextTokens;

    private static int? Output(ImportedDeployment each) =>
        Limit(each.About, "max_output_tokens") ?? Limit(each.About, "max_tokens") ?? each.Facts?.MaxOutputTokens;

    private static int? Limit(LiteMap about, string key) =>
        Whole(about.Number(key), 1) is { } number ? (int)number : null;

    private static decimal? Count(decimal? number) => Whole(number, 1);

    private static decimal? Whole(decimal? number, decimal least) =>
        number is { } value && value >= least && value <= 100_000_000 ? decimal.Truncate(value) : null;

    private static void Append(List<string> parts, string key, decimal? value)
    {
        if (value is { } number)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{key}: {number:0.######}"));
        }
    }
}
