using System.Collections.Immutable;
using Wye.Hosting.Configuration;
using Wye.Primitives;

namespace Wye.Yaml;

/// <summary>One entry of <c>gates</c>.</summary>
internal static class GateBinder
{
    public static GateConfig Bind(string name, Fields fields, string folder)
    {
        var gate = new GateConfig
        {
            Name = name,
            Kind = fields.Text("kind"),
            All = fields.Texts("all") ?? [],
            Any = fields.Texts("any") ?? [],
            Weighted = fields.TextMap("weighted"),
            Threshold = fields.Number("threshold"),
            Strict = fields.Flag("strict"),
            Timeout = fields.Duration("timeout"),
            Pattern = fields.Text("pattern"),
            Not = fields.Flag("not"),
            Min = fields.Int("min"),
            Max = fields.Int("max"),
            Sections = fields.Texts("sections") ?? [],
            Language = fields.Text("language"),
            Required = fields.Flag("required"),
            Marker = fields.Text("marker"),
            Number = fields.Flag("number"),
            Share = fields.Number("share"),
            Hedges = fields.Number("hedges"),
            Choices = fields.Texts("choices") ?? [],
            MeanLogprob = fields.Number("mean_logprob"),
            LeastLogprob = fields.Number("least_logprob"),
            Entropy = fields.Number("entropy"),
            Table = fields.TextMap("table"),
            Alone = fields.Flag("alone"),
            Compare = fields.Text("compare", ["number", "choice", "json", "text"]),
            Samples = fields.Texts("samples") ?? [],
            Model = fields.Text("model"),
            Rubric = fields.Text("rubric"),
            Schema = fields.Text("schema"),
            File = fields.Text("file") is { } file ? Path.GetFullPath(Path.Combine(folder, file)) : null,
            Url = fields.Text("url"),
            Secret = fields.Text("secret") is { Length: > 0 } secret ? new Secret(secret) : null,
        };
        fields.Done();
        return gate;
    }
}
