namespace Wye.Routing.Selection.Learned;

/// <summary>Chooses among scored candidates. Stateless and thread-safe; allocates nothing but in <see cref="Changes"/>.</summary>
internal interface IObjective
{
    /// <summary>Its name in the configuration (<c>objective:</c>).</summary>
    string Name { get; }

    /// <summary>The number of the candidate to take; fills each one's value (higher is better) into <paramref name="values"/>.</summary>
    int Choose(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, Span<double> values);

    /// <summary>Writes in a few words why it was chosen.</summary>
    void Why(ref LineBuilder line, ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen);

    /// <summary>Which other values of its setting, nearest in each direction, lead to another choice.</summary>
    IReadOnlyList<ChoiceChange> Changes(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen);
}
