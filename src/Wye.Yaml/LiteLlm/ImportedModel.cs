namespace Wye.Yaml.LiteLlm;

/// <summary>A model group: what clients ask for, and where it is served.</summary>
/// <param name="Name">The group's name.</param>
/// <param name="Deployments">Where it is served; never empty.</param>
internal sealed record ImportedModel(string Name, List<ImportedDeployment> Deployments);
