using System.Text;
using Wye.Testing;

namespace Wye.Yaml;

/// <summary>Broken files with every message they give, word for word, in <c>Broken/*.txt</c>.</summary>
/// <remarks>A case is <c>=== name</c>, the file, <c>---&gt;</c>, the messages. WYE_UPDATE_GOLDEN=1 rewrites them for review.</remarks>
public sealed class BrokenFileTests
{
    private static readonly DateOnly Today = new(2026, 11, 22);

    public static TheoryData<string> Topics => [.. BrokenFiles.Topics];

    [Theory]
    [MemberData(nameof(Topics))]
    public void BrokenFile_GivesExactlyTheseMessages(string topic)
    {
        var path = BrokenFiles.PathOf(topic);
        var expected = File.ReadAllText(path).ReplaceLineEndings("\n");

        var actual = new StringBuilder();
        foreach (var (name, yaml) in BrokenFiles.Cases(expected))
        {
            actual
                .Append(BrokenFiles.CaseMark)
                .Append(name)
                .Append('\n')
                .Append(yaml)
                .Append(BrokenFiles.MessageMark)
                .Append('\n');
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
            var path = BrokenFiles.PathOf(topic);
            foreach (var (name, yaml) in BrokenFiles.Cases(File.ReadAllText(path)))
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
}
