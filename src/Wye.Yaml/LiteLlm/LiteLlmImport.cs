using System.Globalization;
using System.Text;
using Wye.Hosting.Configuration.Defaults;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Wye.Yaml.LiteLlm;

/// <summary>A LiteLLM <c>config.yaml</c> → a <c>wye.yaml</c> and what could not be carried. Stateless, thread-safe.</summary>
public static class LiteLlmImport
{
    /// <summary>Converts one file. Credentials are never copied: references stay references, literals become one.</summary>
    /// <param name="text">The text of LiteLLM's file.</param>
    /// <param name="balancing">Names of the balancing policies that may be written.</param>
    public static ImportResult Convert(string text, IReadOnlyCollection<string> balancing)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(balancing);
        var notes = new NoteList();
        if (Parse(text, notes) is not { } root)
        {
            return new ImportResult(null, notes.ToImmutable());
        }

        var providers = new ProviderImport(notes);
        var groups = new ModelImport(providers, notes).Read(root);
        var settings = new RouterSettings(root, balancing, notes);
        General(root, notes);
        notes.Rest(root);
        if (groups.Count == 0)
        {
            notes.Add("model_list", "It holds no deployment that Wye can call.", "");
            return new ImportResult(null, notes.ToImmutable());
        }

        var yaml = new StringBuilder(
            "# Imported from a LiteLLM configuration. `wye check` validates it; docs/configuration.md describes every key.\n\n"
        );
        Providers(yaml, providers);
        new GroupWriter(groups, settings, notes).Write(yaml);
        Health(yaml, settings);
        foreach (var group in groups)
        {
            foreach (var deployment in group.Deployments)
            {
                _ = deployment.About.Has("id");
                notes.Rest(deployment.Parameters);
            }
        }

        return new ImportResult(yaml.ToString(), notes.ToImmutable());
    }

    private static LiteMap? Parse(string text, NoteList notes)
    {
        if (Encoding.UTF8.GetByteCount(text) > YamlBounds.MaxBytes)
        {
            notes.Add("the file", "It is larger than 1 MiB.", "Split it.");
            return null;
        }

        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents.Count == 1 && stream.Documents[0].RootNode is YamlMappingNode map)
            {
                return new LiteMap(map, "");
            }

            notes.Add("the file", "It is not one map of settings.", "");
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The parser answers some malformed input with exceptions of other kinds.
            notes.Add(
                fault is YamlException known
                    ? string.Create(CultureInfo.InvariantCulture, $"line {known.Start.Line}")
                    : "the file",
                "The file is not valid YAML.",
                "Check indentation, quotes and brackets."
            );
        }

        return null;
    }

    private static void General(LiteMap root, NoteList notes)
    {
        var general = root.Map("general_settings");
        if (general.Has("master_key"))
        {
            notes.Add(
                general.At("master_key"),
                "Wye makes an admin key of its own at its first start and shows it once.",
                "Give clients that key or keys made with it."
            );
        }

        var environment = root.Map("environment_variables");
        foreach (var name in environment.Keys)
        {
            _ = environment.Has(name);
            notes.Add(environment.At(name), "A file sets no environment variables.", $"Set {name} where Wye starts.");
        }

        notes.Rest(general);
    }

    private static void Providers(StringBuilder yaml, ProviderImport providers)
    {
        yaml.Append("providers:\n");
        foreach (var provider in providers.All)
        {
            var empty = provider.Lines.IsEmpty ? " {}" : "";
            yaml.Append(CultureInfo.InvariantCulture, $"  {YamlText.Of(provider.Name)}:{empty}\n");
            foreach (var line in provider.Lines)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"    {line}\n");
            }
        }
    }

    private static void Health(StringBuilder yaml, RouterSettings settings)
    {
        if (settings.AllowedFails is null && settings.Cooldown is null)
        {
            return;
        }

        yaml.Append("\nhealth:\n");
        if (settings.AllowedFails is { } fails)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  allowed_fails: {fails}\n");
        }

        if (settings.Cooldown is { } cooldown)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  cooldown: {RouterSettings.Written(cooldown)}\n");
            if (cooldown > 300)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"  max_cooldown: {RouterSettings.Written(cooldown)}\n");
            }
        }
    }
}
