using Wye.Learning.Reading;

namespace Wye.Learning.Evaluation;

public sealed class PerturbationTests
{
    private static readonly LabelledQuery[] Queries =
    [
        .. new[] { "Prove the lemma", "Say hello", "12 + 30 = ?" }.Select(
            (p, i) => new LabelledQuery($"q{i}", "", "", p, "", "", p)
        ),
    ];

    [Fact]
    public void Choices_ThatIgnoreTheForm_AllStay()
    {
        Perturbation stable = Perturbation.Measure(
            Queries,
            queries => [.. queries.Select(q => q.Prompt.Contains("rove", StringComparison.Ordinal) ? 1 : 0)]
        );

        stable.Unchanged.ShouldBe(1);
        stable.Questions.ShouldBe(3);
    }

    [Fact]
    public void Choices_ByLengthParity_ChangeWithWhiteSpaceOnly()
    {
        Perturbation shaky = Perturbation.Measure(Queries, queries => [.. queries.Select(q => q.Prompt.Length % 2)]);

        shaky.Changes.Single(c => c.Change == "lower case").Unchanged.ShouldBe(1);
        shaky.Changes.Single(c => c.Change == "leading white space").Unchanged.ShouldBe(0);
    }
}
