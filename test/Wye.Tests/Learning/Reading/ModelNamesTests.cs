namespace Wye.Learning.Reading;

public sealed class ModelNamesTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"wye-names-{Guid.NewGuid():N}.csv");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Apply_RenamesAndDropsColumnsAndKeepsOthers()
    {
        LabelledSet renamed = Read("tiny,strong,alpha\ntiny,middling,").Apply(Set());

        renamed.Models.ShouldBe(["alpha", "weak"]);
        renamed.Scores.ShouldBe([2, 3, 5, 6]);
    }

    [Fact]
    public void Apply_OfTwoColumnsWithOneName_IsRefused() =>
        Should
            .Throw<InvalidDataException>(() => Read("tiny,strong,weak").Apply(Set()))
            .Message.ShouldContain("both named 'weak'");

    [Fact]
    public void Read_OfAModelNamedTwice_IsRefused() =>
        Should.Throw<InvalidDataException>(() => Read("a,b,c\na,b,d")).Message.ShouldContain("line 3");

    [Theory]
    [InlineData("tiny,strong,alpha\nother,strong,alpha", null)]
    [InlineData("tiny,strog,alpha\nother,strong,alpha", "line 2 (tiny,strog) matches no model of the sets tiny.")]
    [InlineData(
        "tinny,strong,alpha\nother,strong,alpha",
        "line 2 (tinny,strong), line 3 (other,strong) match no model"
    )]
    public void Unmatched_LeavesLinesOfOtherSetsAlone_WhereEverySetHasItsOwn(string lines, string? said)
    {
        string? lost = Read(lines).Unmatched([Set()]);

        if (said is null)
            lost.ShouldBeNull();
        else
            lost.ShouldNotBeNull().ShouldContain(said);
    }

    private ModelNames Read(string lines)
    {
        File.WriteAllText(_file, "set,model,name\n" + lines + "\n");
        return ModelNames.Read(_file);
    }

    private static LabelledSet Set() =>
        new()
        {
            Name = "tiny",
            Queries = [],
            Models = ["middling", "strong", "weak"],
            Scores = [1, 2, 3, 4, 5, 6],
            Costs = [1, 2, 3, 4, 5, 6],
            OutputTokens = [1, 2, 3, 4, 5, 6],
            Hash = "",
        };
}
