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
            {"query_id":"q5","prompt":"Sum?","functions":null}
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

    [Theory]
    [InlineData("q1,a,good,1", "results.csv, line 2: score 'good' is no number.")]
    [InlineData("q1,a,1,$0.30", "results.csv, line 2: cost_usd '$0.30' is no number.")]
    [InlineData(
        "q1,a,1,1e12",
        "results.csv, line 2: cost_usd 1e12 is out of range. Write a number from 0 to 1000000000"
    )]
    [InlineData("q1,,1,1", "results.csv, line 2: model is empty.")]
    [InlineData("q1,a,1,-3", "results.csv, line 2: cost_usd -3 is out of range.")]
    [InlineData("q1,a,1,Infinity", "results.csv, line 2: cost_usd Infinity is out of range.")]
    [InlineData("q1,a,1,1\nq2,a,1,1\nq1,a,0,1", "results.csv, line 4: the answer of 'a' to 'q1' stands twice.")]
    [InlineData("q7,a,1,1", "results.csv: no line scores a question of queries.jsonl.")]
    public void Read_OfAResultThatCannotBeMeant_NamesFileLineAndField(string results, string words)
    {
        Write($"query_id,model,score,cost_usd\n{results}\n");

        Should.Throw<InvalidDataException>(() => LabelledSetReader.Read(_folder)).Message.ShouldContain(words);
    }

    [Fact]
    public void Read_OfAnAnswerWrittenAsNaN_KeepsItMissing()
    {
        Write("query_id,model,score,cost_usd\nq1,a,nan,NaN\nq2,a,1,1e-3\n");

        LabelledSet set = LabelledSetReader.Read(_folder);

        set.Score(0, 0).ShouldBe(float.NaN);
        set.Cost(0, 0).ShouldBe(double.NaN);
        set.Cost(1, 0).ShouldBe(0.001);
    }

    [Theory]
    [InlineData("[1,2]", "queries.jsonl, line 1: A line is one JSON object")]
    [InlineData("{\"query_id\":5,\"prompt\":\"x\"}", "queries.jsonl, line 1: 'query_id' is missing or no text")]
    [InlineData("{\"query_id\":\"q1\",\"prompt\":\"\\ud83d\"}", "queries.jsonl, line 1: ")]
    [InlineData("{\"query_id\":\"q1\",\"prompt\":\"x\",\"system\":5}", "line 1: 'system' is no text")]
    [InlineData("{\"query_id\":\"q1\",\"prompt\":\"x\",\"tools\":\"[]\"}", "line 1: 'tools' is no list of tools")]
    [InlineData("{\"query_id\":\"q1\",\"prompt\":\"x\",\"functions\":1}", "line 1: 'functions' is no list of tools")]
    [InlineData("", "queries.jsonl: there are no questions in it.")]
    public void Read_OfAQuestionThatCannotBeRead_NamesFileAndLine(string line, string words)
    {
        Write("query_id,model,score\nq1,a,1\n");
        File.WriteAllText(Path.Combine(_folder, "queries.jsonl"), line);

        Should.Throw<InvalidDataException>(() => LabelledSetReader.Read(_folder)).Message.ShouldContain(words);
    }

    [Theory]
    [InlineData("queries.jsonl")]
    [InlineData("results.csv")]
    public void Read_OfBytesOfAnotherEncoding_NamesFileAndLine(string name)
    {
        Write("query_id,model,score\nq1,a,1\nq2,a,1\n");
        string file = Path.Combine(_folder, name);
        // é as Windows writes it, in the second line.
        byte[] bytes = File.ReadAllBytes(file);
        int at = bytes.AsSpan().IndexOf((byte)'\n') + 3;
        File.WriteAllBytes(file, [.. bytes[..at], 0xE9, .. bytes[at..]]);

        Should
            .Throw<InvalidDataException>(() => LabelledSetReader.Read(_folder))
            .Message.ShouldEndWith($"{name}, line 2: these bytes are no UTF-8. Save the file as UTF-8.");
    }

    [Fact]
    public void Read_OfBrokenJson_NamesItsLineAndTheByteInItOnce()
    {
        Write("query_id,model,score\nq1,a,1\n");
        File.WriteAllText(
            Path.Combine(_folder, "queries.jsonl"),
            "{\"query_id\":\"q1\",\"prompt\":\"One?\"}\n{oops}\n"
        );

        string words = Should.Throw<InvalidDataException>(() => LabelledSetReader.Read(_folder)).Message;

        words.ShouldContain("queries.jsonl, line 2, byte 2: 'o' is an invalid start of a property name.");
        words.ShouldNotContain("LineNumber");
        words.ShouldNotEndWith(" ");
    }

    [Fact]
    public void Read_OfResultsWithBlanksAfterCommas_ReadsThemAsWithout()
    {
        Write("query_id, model, score, cost_usd\nq1, a, 0.5, 0.25\nq2,a,1,\n");

        LabelledSet set = LabelledSetReader.Read(_folder);

        set.Models.ShouldBe(["a"]);
        set.Score(0, 0).ShouldBe(0.5f);
        set.Cost(0, 0).ShouldBe(0.25);
        set.Cost(1, 0).ShouldBe(double.NaN);
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
