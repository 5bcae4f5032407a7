using System.Text;
using Wye.Testing;

namespace Wye.Yaml;

/// <summary>Files that are made to cost time or memory. Bounds are loose: they catch growth, not a busy machine.</summary>
public sealed class YamlBombTests
{
    private const long MaxAllocated = 50L * 1024 * 1024;

    // A bomb that goes off takes minutes; a busy machine makes any of these wait for seconds.
    private static readonly TimeSpan MaxTime = TimeSpan.FromSeconds(30);

    public static TheoryData<string> Names => [.. Bombs.Keys];

    private static Dictionary<string, Func<string>> Bombs { get; } =
        new(StringComparer.Ordinal)
        {
            ["aliases of aliases"] = () =>
                "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
                + string.Concat(
                    Enumerable
                        .Range(1, 30)
                        .Select(i => $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 9))}]\n")
                ),
            ["deep lists"] = () => "a: " + new string('[', 500_000),
            ["deep maps"] = () => "a: " + string.Concat(Enumerable.Repeat("{a: ", 200_000)),
            ["deep blocks"] = () => string.Concat(Enumerable.Range(0, 1_000).Select(i => new string(' ', i) + "a:\n")),
            ["many dashes"] = () => string.Concat(Enumerable.Repeat("- ", 500_000)),
            ["many keys"] = () => string.Concat(Enumerable.Range(0, 90_000).Select(i => $"k{i}: 1\n")),
            ["one long key"] = () => new string('k', 1_000_000) + ": 1",
            ["one long value"] = () => "store: { path: \"" + new string('v', 1_000_000) + "\" }",
            ["too large"] = () => new string('#', 2_000_000),
            ["variables that grow"] = () =>
                "store: { path: \"" + string.Concat(Enumerable.Repeat("${GROW}", 100_000)) + "\" }",
            ["chain of names"] = () =>
                "providers: { openai: {} }\naliases:\n"
                + string.Concat(Enumerable.Range(0, 9_000).Select(i => $"  a{i}: a{i + 1}\n")),
            ["wrong names"] = () =>
                "providers: { openai: {} }\ntiers:\n  - name: t\n    models:\n"
                + string.Concat(Enumerable.Range(0, 15_000).Select(i => $"      - gpt-{i}-mini\n")),
            ["the same deployment"] = () =>
                "providers: { openai: {} }\nmodels:\n  gpt-4o:\n    deployments:\n"
                + string.Concat(Enumerable.Repeat("      - { provider: openai }\n", 6_000)),
            ["quotes and tabs"] = () => string.Concat(Enumerable.Repeat("\"\t'\n", 100_000)),
            ["question marks"] = () => string.Concat(Enumerable.Repeat("? ", 300_000)),
        };

    [Theory]
    [MemberData(nameof(Names))]
    public void Bomb_IsRefusedWithinItsBounds(string name)
    {
        var text = Bombs[name]();
        var grow = new string('g', 10_000);
        var sources = new ConfigSources(variable => variable is "GROW" ? grow : null, _ => null);
        var registry = A.Registry();
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var before = GC.GetAllocatedBytesForCurrentThread();

        var result = YamlConfigLoader.Load(text, "wye.yaml", sources, registry);

        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        time.GetElapsedTime(start).ShouldBeLessThan(MaxTime, name);
        allocated.ShouldBeLessThan(MaxAllocated, name);
        result.Problems.ShouldNotBeEmpty(name);
        Encoding.UTF8.GetByteCount(string.Join('\n', result.Problems)).ShouldBeLessThan(2_000_000);
    }
}
