using System.Text;
using Wye.Testing;

namespace Wye.Yaml;

/// <summary>Broken files with every message they give, word for word, in <c>Broken/*.txt</c>.</summary>
/// <remarks>A case is <c>=== name</c>, the file, <c>---&gt;</c>, the messages. WYE_UPDATE_GOLDEN=1 rewrites them for review.</remarks>
public sealed class BrokenFileTests
{
    private const string CaseMark = "=== ";
    private const string MessageMark = "--->";
    private static readonly DateOnly Today = new(2026, 11, 22);

    public static TheoryData<string> Topics => ["syntax", "providers", "models", "tiers", "routes", "host"];

    [Theory]
    [MemberData(nameof(Topics))]
    public void BrokenFile_GivesExactlyTheseMessages(string topic)
    {
        var path = Path.Combine(Repository.Root, "test", "Wye.Tests", "Yaml", "Broken", $"{topic}.txt");
        var expected = File.ReadAllText(path).ReplaceLineEndings("\n");

        var actual = new StringBuilder();
        foreach (var (name, yaml) in Cases(expected))
        {
            actual.Append(CaseMark).Append(name).Append('\n').Append(yaml).Append(MessageMark).Append('\n');
            foreach (var problem in Load(yaml).Problems)
            {
                actual.Append(problem).Append('\n');
            }
        }

        if (Environment.GetEnvironmentVariable("WYE_UPDATE_GOLDEN") is "1")
        {
            File.WriteAllText(path, actual.ToString());
        }

        actual.ToString().ShouldBe(expected);
    }

    [Fact]
    public void BrokenFiles_AreMoreThanSixtyAndNeverPrintASecret()
    {
        var cases = 0;
        foreach (var topic in Topics.Select(row => row.Data))
        {
            var path = Path.Combine(Repository.Root, "test", "Wye.Tests", "Yaml", "Broken", $"{topic}.txt");
            foreach (var (name, yaml) in Cases(File.ReadAllText(path)))
            {
                cases++;
                var messages = string.Join('\n', Load(yaml).Problems);
                messages.ShouldNotBeEmpty(name);
                messages.ShouldNotContain("must-not-be-printed");
                messages.ShouldNotContain("sk-secret");
                messages.ShouldNotContain("sk-test");
            }
        }

        cases.ShouldBeGreaterThan(60);
    }

    private static Hosting.Configuration.Resolving.BuildResult Load(string yaml) =>
        YamlConfigLoader.Load(yaml, "wye.yaml", TestSources.Usual, A.Registry(), today: Today);

    private static IEnumerable<(string Name, string Yaml)> Cases(string text)
    {
        foreach (var section in ("\n" + text).Split("\n" + CaseMark).Skip(1))
        {
            var lines = section.Split('\n').ToList();
            var end = lines.IndexOf(MessageMark);
            var yaml = lines.Skip(1).Take((end < 0 ? lines.FindLastIndex(line => line.Length > 0) + 1 : end) - 1);
            yield return (lines[0], string.Concat(yaml.Select(line => line + "\n")));
        }
    }
}
