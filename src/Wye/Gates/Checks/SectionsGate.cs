using System.Collections.Immutable;

namespace Wye.Gates.Checks;

/// <summary><c>sections</c>: each named section stands in the answer as a heading, in the given order. Score = share found.</summary>
/// <remarks>A heading is a line that is the name, whatever its case, with <c>#</c>, <c>*</c>, a number or a colon around it.</remarks>
internal sealed class SectionsGate(ImmutableArray<string> sections) : Gate("sections")
{
    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        var found = 0;
        foreach (var line in answer.Answer.EnumerateLines())
        {
            if (found < sections.Length && IsHeading(line, sections[found]))
            {
                found++;
            }
        }

        return found == sections.Length
            ? GateVerdict.Pass()
            : GateVerdict.Refuse("sections: missing", (double)found / sections.Length);
    }

    private static bool IsHeading(ReadOnlySpan<char> line, string name)
    {
        line = line.TrimStart("#*_-0123456789.) \t").TrimEnd("#*_: \t\r");
        return line.Equals(name, StringComparison.OrdinalIgnoreCase);
    }
}
