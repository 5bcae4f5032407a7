namespace Wye.Yaml;

/// <summary>The cases of <c>Broken/*.txt</c>: <c>=== name</c>, the file, <c>---&gt;</c>, the messages.</summary>
internal static class BrokenFiles
{
    public const string CaseMark = "=== ";
    public const string MessageMark = "--->";

    public static readonly string[] Topics = ["syntax", "providers", "models", "tiers", "routes", "host", "learning"];

    public static string PathOf(string topic) =>
        Path.Combine(Repository.Root, "test", "Wye.Tests", "Yaml", "Broken", $"{topic}.txt");

    public static IEnumerable<(string Name, string Yaml)> Cases(string text)
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
