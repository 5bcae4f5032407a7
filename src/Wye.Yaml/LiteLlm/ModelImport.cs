using Wye.Catalog;

namespace Wye.Yaml.LiteLlm;

/// <summary><c>model_list</c> → model groups with the deployments Wye can call.</summary>
internal sealed class ModelImport(ProviderImport providers, NoteList notes)
{
    private const int MaxDeployments = 2_000;

    public List<ImportedModel> Read(LiteMap root)
    {
        var groups = new Dictionary<string, ImportedModel>(StringComparer.Ordinal);
        foreach (var entry in root.Maps("model_list").Take(MaxDeployments))
        {
            Read(entry, groups);
        }

        return [.. groups.Values];
    }

    private void Read(LiteMap entry, Dictionary<string, ImportedModel> groups)
    {
        var name = entry.Text("model_name") ?? "";
        var parameters = entry.Map("litellm_params");
        var about = entry.Map("model_info");
        if (name.Contains('*', StringComparison.Ordinal))
        {
            notes.Add(
                entry.At("model_name"),
                $"'{name}' stands for many models.",
                "Name the ones you use under models; `wye models --all` lists what Wye knows."
            );
            return;
        }

        if (name.Length is 0 or > 120 || name.Any(c => c is <= ' ' or > '~'))
        {
            notes.Add(entry.At("model_name"), "The name cannot be one of Wye's.", "Use ASCII without blanks.");
            return;
        }

        if (about.Text("mode") is { } mode and not ("chat" or "completion" or "embedding"))
        {
            notes.Add(entry.At("model_info.mode"), $"Wye serves no '{mode}' yet.", "");
            return;
        }

        if (providers.Of(parameters) is not var (provider, upstream))
        {
            return;
        }

        if (!groups.TryGetValue(name, out var group))
        {
            group = new ImportedModel(name, []);
            groups.Add(name, group);
        }

        var facts = Facts(provider, upstream, about.Text("base_model"));
        var deployment = new ImportedDeployment(provider, upstream, facts, parameters, about);
        if (deployment.Price is null)
        {
            notes.Add(
                parameters.Path,
                $"The price of '{upstream}' is not known.",
                "Add price to the deployment; until then routes with max_cost leave it out."
            );
        }

        group.Deployments.Add(deployment);
    }

    private static Model? Facts(ImportedProvider provider, string upstream, string? baseModel)
    {
        var stated = baseModel is null ? null : BuiltInCatalog.FindModel(baseModel[(baseModel.LastIndexOf('/') + 1)..]);
        if (stated is not null)
        {
            return stated;
        }

        foreach (var offer in BuiltInCatalog.Offers)
        {
            if (
                string.Equals(offer.UpstreamName, upstream, StringComparison.Ordinal)
                && string.Equals(offer.Provider.Value, provider.Known, StringComparison.Ordinal)
            )
            {
                return BuiltInCatalog.FindModel(offer.Model.Value);
            }
        }

        return BuiltInCatalog.FindModel(upstream);
    }
}
