using FsCheck;
using FsCheck.Fluent;
using Wye.Hosting.Configuration.Problems;
using Wye.Testing;

namespace Wye.Yaml;

public sealed class YamlFuzzTests
{
    private static readonly string[] Pieces =
    [
        "providers",
        "models",
        "tiers",
        "routes",
        "openai",
        "gpt-4o",
        ":",
        ": ",
        "\n",
        "\n  ",
        "\n    ",
        "- ",
        "{",
        "}",
        "[",
        "]",
        ",",
        "\"",
        "'",
        "${",
        "${PORT}",
        "}",
        "&a",
        "*a",
        "!!str ",
        "|",
        ">",
        "#",
        "\t",
        "---",
        "...",
        "~",
        "null",
        "true",
        "1e9",
        "-1",
        "99999999999999999999",
        "key",
        "price",
        "free",
        "deployments",
        "provider",
        "?",
        "\\",
        "%YAML 1.2",
        "\u0000",
        "\u202e",
        "é",
        "😀",
        "<<",
        "=",
        "@",
        "`",
        "name",
        "policies",
        "rules",
        "matches",
        "(a+)+$",
    ];

    [Fact]
    public void AnyBytes_GiveProblemsOrAConfiguration() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<byte[]>(),
                bytes =>
                {
                    var result = YamlConfigReader.Read(bytes, "wye.yaml", TestSources.Usual);
                    return result.Config is not null || !result.Problems.IsEmpty;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(17, 1));

    [Fact]
    public void AnyTextOfYamlPieces_GivesProblemsOrASnapshot()
    {
        var registry = A.Registry();
        var texts = Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary();

        Prop.ForAll(texts, text => Holds(text, registry))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(3_000).WithReplay(18, 1));
    }

    [Fact]
    public void AnySampleWithAPieceReplaced_GivesProblemsOrASnapshot()
    {
        var registry = A.Registry();
        var sample = File.ReadAllText(Path.Combine(Repository.Root, "samples", "wye.yaml"));
        var cuts =
            from at in Gen.Choose(0, sample.Length - 1)
            from length in Gen.Choose(0, 40)
            from piece in Gen.Elements(Pieces)
            select string.Concat(sample.AsSpan(0, at), piece, sample.AsSpan(Math.Min(sample.Length, at + length)));

        Prop.ForAll(cuts.ToArbitrary(), text => Holds(text, registry))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1_500).WithReplay(19, 1));
    }

    private static bool Holds(string text, Routing.PolicyRegistry registry)
    {
        var result = YamlConfigLoader.Load(text, "wye.yaml", TestSources.Usual, registry);
        var hasError = result.Problems.Any(problem => problem.Severity == ConfigSeverity.Error);
        return result.Snapshot is null == hasError
            && !result.Problems.Any(problem =>
                problem.ToString().Contains(TestSources.KeyValue, StringComparison.Ordinal)
            );
    }
}
