namespace Wye.Learning.Reading;

public sealed class LabelledSetReaderTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-set").FullName;

    [Fact]
    public void Read_KeepsMissingAnswersMissing()
    {
        Write("query_id,model,score,cost_usd\nq1,b,1,0.5\nq1,a,0.25,\nq2,a,1,0.1\n");

        LabelledSet set = LabelledSetReader.Read(_folder);

        set.Models.ShouldBe(["a", "b"]);
        set.Score(0, 0).ShouldBe(0.25f);
        set.Cost(0, 1).ShouldBe(0.5);
        set.Cost(0, 0).ShouldBe(double.NaN);
        set.Score(1, 1).ShouldBe(float.NaN);
        set.Queries[1].Topic.ShouldBe("sums/adding");
        set.Hash.Length.ShouldBe(64);
    }

    [Fact]
    public void Read_OfASingleToolWithoutBrackets_MakesItAList()
    {
        Write("query_id,model,score\nq1,a,1\n");
        File.AppendAllText(
            Path.Combine(_folder, "queries.jsonl"),
            """
            {"query_id":"q3","prompt":"Sum?","functions":{"name":"sum"}}
            {"query_id":"q4","prompt":"Sum?","functions":[{"name":"sum"}]}
            {"query_id":"q5","prompt":"Sum?","functions":"sum"}
            """
        );

        LabelledSetReader
            .Read(_folder)
            .Queries.Skip(2)
            .Select(q => q.Tools)
            .ShouldBe(["[{\"name\":\"sum\"}]", "[{\"name\":\"sum\"}]", ""]);
    }

    [Fact]
    public void Read_OfAScoreOutsideTheRange_NamesFileAndLine()
    {
        Write("query_id,model,score\nq1,a,7\n");

        var fault = Should.Throw<InvalidDataException>(() => LabelledSetReader.Read(_folder));

        fault.Message.ShouldEndWith("results.csv, line 2: score 7 is outside 0..1.");
    }

    [Fact]
    public void Read_WithoutAColumn_SaysWhichAreNeeded()
    {
        Write("query_id,score\nq1,1\n");

        Should
            .Throw<InvalidDataException>(() => LabelledSetReader.Read(_folder))
            .Message.ShouldContain("column 'model' is missing");
    }

    [Fact]
    public void Read_OfAMissingFolder_SaysWhatASetIs() =>
        Should
            .Throw<InvalidDataException>(() => LabelledSetReader.Read(Path.Combine(_folder, "none")))
            .Message.ShouldContain("A labelled set is a folder with queries.jsonl and results.csv.");

    [Fact]
    public void CsvLine_ReadsQuotedFields() => CsvLine.Split("a,\"b,\"\"c\"\"\",d").ShouldBe(["a", "b,\"c\"", "d"]);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string results)
    {
        File.WriteAllText(
            Path.Combine(_folder, "queries.jsonl"),
            """
            {"query_id":"q1","dataset":"d","task":"sums","prompt":"One and one?"}
            {"query_id":"q2","dataset":"d","task":"sums","subject":"adding","prompt":"Two and two?"}

            """
        );
        File.WriteAllText(Path.Combine(_folder, "results.csv"), results);
    }
}
