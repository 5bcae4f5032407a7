using System.Text.RegularExpressions;
using NJsonSchema;
using Wye.Testing;

namespace Wye.Yaml;

/// <summary>The published schema says what the reader says. WYE_UPDATE_GOLDEN=1 rewrites <c>docs/wye.schema.json</c>.</summary>
public sealed class ConfigSchemaTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);
    private static readonly Lazy<Task<JsonSchema>> Schema = new(() => JsonSchema.FromJsonAsync(ConfigSchema.Text()));

    [Fact]
    public void PublishedSchema_IsTheGeneratedOne()
    {
        var path = Path.Combine(Repository.Root, "docs", "wye.schema.json");
        if (Environment.GetEnvironmentVariable("WYE_UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(path, ConfigSchema.Text());
        }

        string.Equals(File.ReadAllText(path).ReplaceLineEndings("\n"), ConfigSchema.Text(), StringComparison.Ordinal)
            .ShouldBeTrue("docs/wye.schema.json is not the schema of today: run the test with WYE_UPDATE_GOLDEN=1");
    }

    [Fact]
    public async Task EverySample_IsValid()
    {
        // Workflows for `wye estimate` are files of another form.
        var samples = Directory
            .GetFiles(Path.Combine(Repository.Root, "samples"), "*.yaml", SearchOption.AllDirectories)
            .Where(file => !file.Contains("workflows", StringComparison.Ordinal))
            .ToList();
        samples.Count.ShouldBeGreaterThanOrEqualTo(2);
        foreach (var sample in samples)
        {
            (await ErrorsAsync(File.ReadAllText(sample))).ShouldBeEmpty(sample);
        }
    }

    [Fact]
    public async Task FileWithAnUnknownKeyOrAWrongType_IsNotValid()
    {
        var cases = 0;
        foreach (var (name, yaml, read) in Cases())
        {
            if (read.Config is null || !read.Problems.Any(problem => IsOfForm(problem.What)))
            {
                continue;
            }

            cases++;
            (await ErrorsAsync(yaml)).ShouldNotBeEmpty($"{name}: {string.Join(' ', read.Problems)}");
        }

        cases.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Fact]
    public async Task FileThatIsReadWithoutAProblem_IsValid()
    {
        var cases = 0;
        foreach (var (name, yaml, read) in Cases())
        {
            // The schema knows the words of a few keys that the reader leaves to the next step.
            var built = YamlConfigLoader.Load(yaml, "wye.yaml", TestSources.Usual, A.Registry());
            if (
                !read.Problems.IsEmpty
                || built.Problems.Any(problem =>
                    Regex.IsMatch(problem.Path, "dialect|capabilities|objective", RegexOptions.None, Limit)
                )
            )
            {
                continue;
            }

            cases++;
            (await ErrorsAsync(yaml)).ShouldBeEmpty(name);
        }

        cases.ShouldBeGreaterThanOrEqualTo(20);
    }

    [Theory]
    [InlineData("server: { port: 4000 }", true)]
    [InlineData("server: { port: \"4_000\" }", true)]
    [InlineData("server: { port: \"${PORT:-4000}\" }", true)]
    [InlineData("server: { port: 40.5 }", false)]
    [InlineData("server: { port: [4000] }", false)]
    [InlineData("server:", true)]
    [InlineData("server: { drain_delay: 500ms, drain_limit: 0, body_limit: 32MiB }", true)]
    [InlineData("server: { max_connections: 500 }", true)]
    [InlineData("server: { max_connections: many }", false)]
    [InlineData("server: { drain_delay: 5 }", false)]
    [InlineData("server: { drain_delay: 5 seconds }", false)]
    [InlineData("models: { m: { price: free, retires_on: never } }", true)]
    [InlineData("models: { m: { price: cheap } }", false)]
    [InlineData("models: { m: { price: { input: 1, output: \"${OUT}\" }, retires_on: 2027-01-14 } }", true)]
    [InlineData("models: { m: { retires_on: soon } }", false)]
    [InlineData("models: { m: { deployments: [{ upstream: u }] } }", false)]
    [InlineData("models: { m: { capabilities: [tools, vision] } }", true)]
    [InlineData("models: { m: { capabilities: [telepathy] } }", false)]
    [InlineData("providers: { openai: { key: { file: /run/secrets/k } } }", true)]
    [InlineData("providers: { openai: { key: { path: /run/secrets/k } } }", false)]
    [InlineData("routes: { auto: { rules: [{ code: yes, tier: large }] } }", false)]
    [InlineData("budgets: {}", true)]
    [InlineData("budgets: { a: { limit: 5, scope: tag, of: [x], window: day, mode: soft } }", true)]
    [InlineData("workflows: {}", false)]
    public async Task Value_IsJudgedAsTheReaderJudgesIt(string yaml, bool valid)
    {
        (await ErrorsAsync(yaml)).Any().ShouldBe(!valid);
        var read = YamlConfigReader.Read(yaml, "wye.yaml", new ConfigSources(_ => "1", _ => "secret"));
        if (!yaml.Contains("telepathy", StringComparison.Ordinal))
        {
            read.Problems.IsEmpty.ShouldBe(valid);
        }
    }

    private static bool IsOfForm(string what) =>
        !what.StartsWith("The substituted value", StringComparison.Ordinal)
        && Regex.IsMatch(
            what,
            "^There is no key|^Here .* is expected|is not a |is not an amount|is not true or false|^The price is neither|^A key is one text",
            RegexOptions.None,
            Limit
        );

    private static IEnumerable<(string Name, string Yaml, ConfigReadResult Read)> Cases() =>
        BrokenFiles
            .Topics.SelectMany(topic => BrokenFiles.Cases(File.ReadAllText(BrokenFiles.PathOf(topic))))
            .Select(each => (each.Name, each.Yaml, YamlConfigReader.Read(each.Yaml, "wye.yaml", TestSources.Usual)));

    private static async Task<List<string>> ErrorsAsync(string yaml) =>
        [.. (await Schema.Value).Validate(YamlJson.Of(yaml)!).Select(error => error.ToString())];
}
