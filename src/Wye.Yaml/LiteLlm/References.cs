using System.Text;

namespace Wye.Yaml.LiteLlm;

/// <summary>References to the environment, from LiteLLM's form to Wye's.</summary>
internal static class References
{
    private const string Prefix = "os.environ/";

    /// <summary><c>os.environ/NAME</c> → <c>${NAME}</c>; any other text so that it reads back as itself.</summary>
    public static string Of(string text) =>
        Variable(text) is { } name ? $"${{{name}}}" : text.Replace("${", "$${", StringComparison.Ordinal);

    /// <summary>The variable a text refers to; null = it is a value itself.</summary>
    public static string? Variable(string text) =>
        text.StartsWith(Prefix, StringComparison.Ordinal)
        && text.Length > Prefix.Length
        && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Names) < 0
            ? text[Prefix.Length..]
            : null;

    /// <summary>A name for the variable that a literal credential should move to.</summary>
    public static string Invent(string provider)
    {
        var name = new StringBuilder();
        foreach (var c in provider)
        {
            name.Append(char.IsAsciiLetterOrDigit(c) ? char.ToUpperInvariant(c) : '_');
        }

        return name.Append("_API_KEY").ToString();
    }

    private static readonly System.Buffers.SearchValues<char> Names = System.Buffers.SearchValues.Create(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_"
    );
}
