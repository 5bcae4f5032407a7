using System.Text;
using Wye.Hosting.Configuration.Problems;

namespace Wye.Yaml;

/// <summary>Puts environment variables into values: <c>${NAME}</c>, <c>${NAME:-default}</c>; <c>$${</c> stands for <c>${</c>.</summary>
internal sealed class Substitution(Func<string, string?> environment, ProblemSink problems)
{
    private int _substituted;

    /// <summary>Substitutes in every value of a tree; keys are left as they are.</summary>
    public void Apply(YamlNode node)
    {
        switch (node)
        {
            case MapNode map:
                map.Entries.ForEach(entry => Apply(entry.Value));
                break;
            case ListNode list:
                list.Items.ForEach(Apply);
                break;
            case TextNode text when text.Raw.Contains("${", StringComparison.Ordinal):
                text.Text = Expand(text);
                break;
        }
    }

    private string? Expand(TextNode node)
    {
        var raw = node.Raw;
        var result = new StringBuilder();
        var failed = false;
        var from = 0;
        for (int at; (at = raw.IndexOf("${", from, StringComparison.Ordinal)) >= 0; )
        {
            if (at > from && raw[at - 1] == '$')
            {
                result.Append(raw, from, at - from - 1).Append("${");
                from = at + 2;
                continue;
            }

            result.Append(raw, from, at - from);
            var end = raw.IndexOf('}', at);
            if (end < 0)
            {
                problems.Error(node, "A '${' is not closed.", "Add the '}', or write '$${' for a plain '${'.");
                return null;
            }

            if (Value(node, raw[(at + 2)..end]) is { } value)
            {
                node.Substituted = true;
                result.Append(value);
            }
            else
            {
                failed = true;
            }

            from = end + 1;
        }

        return failed ? null : result.Append(raw, from, raw.Length - from).ToString();
    }

    private string? Value(TextNode node, string reference)
    {
        var separator = reference.IndexOf(":-", StringComparison.Ordinal);
        var name = separator < 0 ? reference : reference[..separator];
        if (name.Length is 0 or > 128 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_'))
        {
            problems.Error(
                node,
                "A '${…}' does not hold the name of an environment variable.",
                "Use letters, digits and underscores: ${NAME} or ${NAME:-default}."
            );
            return null;
        }

        // As in a shell, ':-' covers the empty value too: an empty variable is a common way to unset one.
        var value =
            environment(name) is { Length: > 0 } set ? set
            : separator < 0 ? null
            : reference[(separator + 2)..];
        if (value is null)
        {
            problems.Error(
                node,
                $"The environment variable {name} is not set{(environment(name) is null ? "" : " to anything")}.",
                $"Set it, or give a default: ${{{name}:-value}}."
            );
            return null;
        }

        _substituted += value.Length;
        if (_substituted <= YamlBounds.MaxSubstituted)
        {
            return value;
        }

        problems.Error(node, $"The environment variable {Quotation.Of(name)} is too long.", "Shorten it.");
        return null;
    }
}
