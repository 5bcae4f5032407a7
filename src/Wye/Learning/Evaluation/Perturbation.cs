using System.Text.RegularExpressions;
using Wye.Learning.Reading;

namespace Wye.Learning.Evaluation;

/// <summary>How many choices stay when a prompt is changed in ways that do not change the question.</summary>
internal sealed partial record Perturbation
{
    private static readonly (string Name, Func<string, string> Change)[] s_changes =
    [
        ("trailing white space", static p => p + "  \n\n"),
        ("leading white space", static p => "\n  " + p),
        ("doubled spaces", static p => Space().Replace(p, "  ")),
        ("lower case", static p => p.ToLowerInvariant()),
        ("first letter's case", static p => FlipFirst(p)),
        ("trailing politeness", static p => p + " Thank you!"),
        ("trailing politeness (new line)", static p => p + "\n\nThanks in advance."),
    ];

    /// <summary>Questions measured.</summary>
    public required int Questions { get; init; }

    /// <summary>Share of unchanged choices per kind of change.</summary>
    public required IReadOnlyList<(string Change, double Unchanged)> Changes { get; init; }

    /// <summary>Share over all changes and questions.</summary>
    public double Unchanged => Changes.Average(c => c.Unchanged);

    /// <summary>Measures; <paramref name="choose"/> must decide by a setting that does not depend on the prompts given.</summary>
    public static Perturbation Measure(
        IReadOnlyList<LabelledQuery> queries,
        Func<IReadOnlyList<LabelledQuery>, int[]> choose
    )
    {
        int[] before = choose(queries);
        return new Perturbation
        {
            Questions = queries.Count,
            Changes =
            [
                .. s_changes.Select(change =>
                {
                    int[] after = choose([.. queries.Select(q => q with { Prompt = change.Change(q.Prompt) })]);
                    int same = before.Where((b, i) => b == after[i]).Count();
                    return (change.Name, same / (double)before.Length);
                }),
            ],
        };
    }

    private static string FlipFirst(string prompt)
    {
        int at = 0;
        while (at < prompt.Length && !char.IsLetter(prompt[at]))
            at++;
        if (at == prompt.Length)
            return prompt;
        char letter = prompt[at];
        char other = char.IsUpper(letter) ? char.ToLowerInvariant(letter) : char.ToUpperInvariant(letter);
        return string.Concat(prompt.AsSpan(0, at), [other], prompt.AsSpan(at + 1));
    }

    [GeneratedRegex(" +", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Space();
}
