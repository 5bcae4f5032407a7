using System.Reflection;
using Wye.Primitives;
using Wye.Sqlite;

namespace Wye.Architecture;

/// <summary>What others may build on changes only by a decision that a reviewer sees.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public void PublicApi_OfTheLibrary_IsApproved() => ShouldBeApproved(typeof(Usd).Assembly);

    [Fact]
    public void PublicApi_OfTheEmbeddedStore_IsApproved() => ShouldBeApproved(typeof(SqliteOptions).Assembly);

    [Fact]
    public void PublicApi_OfTheYamlReader_IsApproved() => ShouldBeApproved(Assembly.Load("Wye.Yaml"));

    [Fact]
    public void Difference_NamesTheFirstLinesThatDiffer()
    {
        Difference("a\nb\n", "a\nb\n").ShouldBeNull();
        Difference("a\nb\nc\n", "a\nB\nc\n").ShouldBe("line 2: approved 'b', received 'B'");
        Difference("a\n", "a\nb\n").ShouldBe("line 2: approved '', received 'b'");
        Difference("", "a\n").ShouldBe("line 1: approved '', received 'a'");
    }

    [Fact]
    public void Render_ShowsWhatACallerCanSee() =>
        PublicApiText
            .Render([typeof(Sample), typeof(Sample.Kind), typeof(Point)])
            .ShouldBe(
                """
                namespace Wye.Architecture
                  readonly record struct PublicApiTests.Point : IFormattable
                    int X { get; init; }
                    new(int X)
                    override string ToString()
                    static PublicApiTests.Point op_Addition(PublicApiTests.Point left, PublicApiTests.Point right)
                    string ToString(string? format, IFormatProvider? formatProvider)
                  abstract class PublicApiTests.Sample : IDisposable
                    abstract IReadOnlyList<string?> Find<T>(in T key, out string? found)
                    const int Limit = 3
                    event EventHandler Changed
                    int Count { get; }
                    protected new(string name, int? count = default, bool fast = true)
                    required string? Name { get; init; }
                    void Dispose()
                  enum PublicApiTests.Sample.Kind
                    000 First
                    005 Second

                """
            );

    private static void ShouldBeApproved(Assembly assembly)
    {
        var name = assembly.GetName().Name!;
        var file = Path.Combine(SourceTree.Root, "test", "Wye.Tests", "Architecture", "Approved", name + ".txt");
        var received = Path.Combine(AppContext.BaseDirectory, name + ".received.txt");
        var text = PublicApiText.Render(assembly);
        var approved = File.Exists(file) ? File.ReadAllText(file).ReplaceLineEndings("\n") : "(no file)";
        if (Difference(approved, text) is not { } difference)
        {
            File.Delete(received);
            return;
        }

        File.WriteAllText(received, text);
        Assert.Fail(
            $"The public API of {name} changed ({difference}). If that is meant, run eng/accept-api and commit."
        );
    }

    private static string? Difference(string approved, string received)
    {
        if (string.Equals(approved, received, StringComparison.Ordinal))
        {
            return null;
        }

        var left = approved.Split('\n');
        var right = received.Split('\n');
        var line = 0;
        while (
            line < left.Length
            && line < right.Length
            && string.Equals(left[line], right[line], StringComparison.Ordinal)
        )
        {
            line++;
        }

        return $"line {line + 1}: approved '{left.ElementAtOrDefault(line)}', received '{right.ElementAtOrDefault(line)}'";
    }

    public abstract class Sample : IDisposable
    {
        public const int Limit = 3;

        protected Sample(string name, int? count = null, bool fast = true) => _ = (name, count, fast);

        public enum Kind
        {
            First,
            Second = 5,
        }

        public required string? Name { get; init; }

        public int Count { get; private set; }

        public event EventHandler? Changed;

        public abstract IReadOnlyList<string?> Find<T>(in T key, out string? found);

        public void Dispose()
        {
            Changed?.Invoke(this, EventArgs.Empty);
            Count = Hidden();
            GC.SuppressFinalize(this);
        }

        internal static int Hidden() => 1;
    }

    public readonly record struct Point(int X) : IFormattable
    {
        public static Point operator +(Point left, Point right) => new(left.X + right.X);

        public string ToString(string? format, IFormatProvider? formatProvider) => X.ToString(format, formatProvider);

        public override string ToString() => "";
    }
}
