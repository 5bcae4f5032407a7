namespace Wye.Routing.Selection.Learned;

/// <summary><c>threshold</c>: the strong candidate where its expected gain reaches the threshold, else the weak one.</summary>
internal sealed class ThresholdObjective : IObjective
{
    /// <inheritdoc/>
    public string Name => "threshold";

    /// <inheritdoc/>
    public int Choose(ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, Span<double> values)
    {
        values.Fill(double.NegativeInfinity);
        values[terms.Weak] = terms.Threshold - terms.Gain;
        values[terms.Strong] = terms.Gain - terms.Threshold;
        return terms.Gain >= terms.Threshold ? terms.Strong : terms.Weak;
    }

    /// <inheritdoc/>
    public void Why(ref LineBuilder line, ReadOnlySpan<CandidateScore> scores, in ObjectiveTerms terms, int chosen)
    {
        line.Add("gain ");
        line.Add(terms.Gain);
        line.Add(terms.Gain >= terms.Threshold ? " >= " : " < ");
        line.Add("threshold ");
        line.Add(terms.Threshold);
    }

    /// <inheritdoc/>
    public IReadOnlyList<ChoiceChange> Changes(
        ReadOnlySpan<CandidateScore> scores,
        in ObjectiveTerms terms,
        int chosen
    ) =>
        terms.Weak == terms.Strong ? []
        : chosen == terms.Strong ? [new ChoiceChange("threshold", Above: true, terms.Gain, terms.Weak)]
        : [new ChoiceChange("threshold", Above: false, terms.Gain, terms.Strong)];
}
