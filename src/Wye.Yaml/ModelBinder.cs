using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Hosting.Configuration;

namespace Wye.Yaml;

/// <summary>One entry of <c>models</c>, with its deployments and prices.</summary>
internal static class ModelBinder
{
    /// <param name="name">The model's name.</param>
    /// <param name="fields">Its keys.</param>
    /// <param name="folder">Where the file stands: paths are relative to it.</param>
    public static ModelConfig Bind(string name, Fields fields, string folder)
    {
        var (retiresOn, never) = Retirement(fields);
        var model = new ModelConfig
        {
            Name = name,
            Deployments = Deployments(fields),
            Kind = fields.Text("kind", ModelKinds.All),
            Maker = fields.Text("maker"),
            Price = PriceBinder.Bind(fields),
            Context = fields.Int("context"),
            MaxOutput = fields.Int("max_output"),
            Capabilities = fields.Texts("capabilities", CapabilityNames.All),
            Tier = fields.Text("tier"),
            Like = fields.Text("like"),
            Probe = fields.Text("probe") is { } probe ? Path.Combine(folder, probe) : null,
            RetiresOn = retiresOn,
            NeverRetires = never,
        };
        fields.Done();
        return model;
    }

    private static ImmutableArray<DeploymentConfig>? Deployments(Fields fields)
    {
        if (fields.Items("deployments") is not { } items)
        {
            return null;
        }

        var deployments = ImmutableArray.CreateBuilder<DeploymentConfig>();
        foreach (var item in items)
        {
            var below = fields.Below(item, "a deployment");
            below.Elsewhere["model"] = ("There is no key 'model' in a deployment.", "Use 'upstream'.");
            var provider = below.Required("provider");
            var deployment = new DeploymentConfig
            {
                Id = below.Text("id"),
                Provider = provider ?? "",
                Upstream = below.Text("upstream"),
                Weight = below.Number("weight"),
                Order = below.Int("order"),
                Rpm = below.Int("rpm"),
                Tpm = below.Int("tpm"),
                MaxInFlight = below.Int("max_in_flight"),
                Price = PriceBinder.Bind(below),
                Tags = below.Texts("tags") ?? [],
            };
            below.Done();
            if (provider is not null)
            {
                deployments.Add(deployment);
            }
            else if (item is MapNode && !below.Has("provider"))
            {
                fields.Problems.Error(item, "The deployment names no provider.", "Add provider: NAME.");
            }
        }

        return deployments.ToImmutable();
    }

    private static (DateOnly? Day, bool Never) Retirement(Fields fields) =>
        fields.Word("retires_on", "never")
            ? (null, true)
            : (fields.Day("retires_on", "Write 2027-01-14, or 'never'."), false);
}
