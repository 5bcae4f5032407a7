using System.Text;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing;

namespace Wye.Delivery.Walking;

/// <summary>Writes the path through the plan as one line of printable ASCII. Costs nothing while the first call answers.</summary>
internal sealed class WhyPath(string why)
{
    private const int MostCharacters = 400;

    private static readonly string[] KindNames = [.. Enum.GetNames<FailureKind>().Select(Kebab)];

    private StringBuilder? _steps;
    private string _marks = "";
    private BalancingNote? _balanced;

    /// <summary>Takes the reason of the order of deployments; the last one counts.</summary>
    public BalancingNote Balanced() => _balanced ??= new BalancingNote();

    /// <summary>A call that failed: its status, else the kind of failure.</summary>
    public void Failed(DeploymentId deployment, ChatError error) =>
        Step(
            deployment,
            error.Status is { } status && status != 200
                ? status.ToString(System.Globalization.CultureInfo.InvariantCulture)
                : KindNames[(int)error.Kind]
        );

    /// <summary>A call that did not fail, or a deployment that was passed over, and why it is not the answer.</summary>
    public void Step(DeploymentId deployment, string what)
    {
        _steps ??= new StringBuilder();
        if (_steps.Length < MostCharacters)
        {
            _steps.Append(_steps.Length == 0 ? "" : " -> ").Append(deployment.Value).Append(' ').Append(what);
        }
    }

    /// <summary>A remark on the whole, e.g. <c>best so far</c>.</summary>
    public void Mark(string mark) => _marks = $"{_marks}; {mark}";

    /// <summary>The line: the plan's reason, the steps, and who answers (null = nobody does).</summary>
    public string Text(DeploymentId? answering)
    {
        // The reason is about who stood first; whoever answers after others failed or were passed over needs none.
        var balanced = _balanced is { Text: { } text } note && note.First == answering ? $" {text}" : "";
        if (_steps is null)
        {
            return Printable(balanced.Length == 0 ? why + _marks : $"{why}; {answering?.Value}{balanced}{_marks}");
        }

        var arrow = answering is null ? "" : " -> ";
        return Printable($"{why}; {_steps}{arrow}{answering?.Value}{balanced}{_marks}");
    }

    private static string Printable(string line) =>
        line.AsSpan().ContainsAnyExceptInRange(' ', '~')
            ? string.Create(line.Length, line, static (span, source) => Clean(source, span))
            : line;

    private static void Clean(string source, Span<char> target)
    {
        for (var i = 0; i < target.Length; i++)
        {
            target[i] = source[i] is < ' ' or > '~' ? '?' : source[i];
        }
    }

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var character in name)
        {
            text.Append(char.IsUpper(character) && text.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(character));
        }

        return text.ToString();
    }
}
