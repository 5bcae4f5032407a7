using Wye.Quality.Heads;

namespace Wye.Learning.Reading;

public sealed class VectorFileTests : IDisposable
{
    private static readonly ExternalEncoder Encoder = new("embedder", 3, Shortened: true);
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-vectors-").FullName;

    private string Path => System.IO.Path.Combine(_folder, "v.vec");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Vectors_AreReadBack_EachWithItsQuestion()
    {
        Write(("one", [1, 0, 0]), ("two", [0, 0.5f, -0.25f]), ("one", [0, 0, 1]));

        PromptVectors read = VectorFile.Read(Path);

        read.Encoder.ShouldBe(Encoder);
        read.Count.ShouldBe(2);
        LabelledSet set = read.AddTo(Set("two", "one"));
        set.Queries[0].Embedding.ToArray().ShouldBe([0, 0.5f, -0.25f]);
        set.Queries[1].Embedding.ToArray().ShouldBe([1, 0, 0], "what is known is not written again");
    }

    [Fact]
    public void OpenedAgain_ItGoesOn_WithoutWhatACrashLeftHalf()
    {
        Write(("one", [1, 0, 0]), ("two", [0, 1, 0]));
        using (FileStream stream = File.OpenWrite(Path))
            stream.SetLength(stream.Length - 1);

        using (VectorFile file = VectorFile.Open(Path, Encoder))
        {
            file.Holds("one").ShouldBeTrue();
            file.Holds("two").ShouldBeFalse();
            file.Add("three", [0, 0, 1]);
        }

        PromptVectors read = VectorFile.Read(Path);
        read.Count.ShouldBe(2);
        read.AddTo(Set("three")).Queries[0].Embedding.ToArray().ShouldBe([0, 0, 1]);
    }

    [Fact]
    public void QuestionWithoutAVector_IsCountedAndRefused()
    {
        Write(("one", [1, 0, 0]));

        Should
            .Throw<InvalidDataException>(() => VectorFile.Read(Path).AddTo(Set("one", "two", "three")))
            .Message.ShouldContain("2 of 3 questions of 'set' have no vector");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(0x7E00)]
    public void RecordOfNothingThatCanBeUsed_CountsAsMissing_AndIsWrittenAnew(ushort bits)
    {
        Write(("one", [1, 0, 0]), ("two", [0, 1, 0]));
        byte[] bytes = File.ReadAllBytes(Path);
        // The last record's three numbers: 0, or no number at all.
        for (int i = 1; i <= 3; i++)
            BitConverter.TryWriteBytes(bytes.AsSpan(bytes.Length - (2 * i)), bits).ShouldBeTrue();
        File.WriteAllBytes(Path, bytes);

        Should
            .Throw<InvalidDataException>(() => VectorFile.Read(Path).AddTo(Set("one", "two")))
            .Message.ShouldContain("1 of 2 questions of 'set' have no vector");
        using (VectorFile file = VectorFile.Open(Path, Encoder))
        {
            file.Holds("one").ShouldBeTrue();
            file.Holds("two").ShouldBeFalse();
            file.Add("two", [0, 0, 1]);
        }

        VectorFile.Read(Path).AddTo(Set("two")).Queries[0].Embedding.ToArray().ShouldBe([0, 0, 1]);
    }

    [Fact]
    public void VectorsOfAnotherEncoder_AreNotMixedIn()
    {
        Write(("one", [1, 0, 0]));

        Should
            .Throw<InvalidDataException>(() => VectorFile.Open(Path, Encoder with { Model = "other" }))
            .Message.ShouldContain(
                "holds vectors of embedder (3 numbers, shortened), not of other (3 numbers, shortened)"
            );
        VectorFile.Peek(Path).ShouldBe(Encoder);
        VectorFile.Peek(Path + ".none").ShouldBeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData("{\n}")]
    [InlineData("{\"format\":\"other\"}\n")]
    [InlineData("{\"format\":\"wye-vectors\",\"version\":1,\"model\":\"m\",\"dimensions\":0,\"shortened\":false}\n")]
    [InlineData("{\"format\":\"wye-vectors\",\"version\":1,\"model\":7,\"dimensions\":3,\"shortened\":false}\n")]
    public void FileOfSomethingElse_IsRefused(string content)
    {
        File.WriteAllText(Path, content);

        Should
            .Throw<InvalidDataException>(() => VectorFile.Read(Path))
            .Message.ShouldBe($"'{Path}' is no file of vectors. 'wye embed' writes one.");
    }

    [Fact]
    public void FileOfALaterVersion_IsRefused()
    {
        File.WriteAllText(Path, "{\"format\":\"wye-vectors\",\"version\":2}\n");

        Should.Throw<InvalidDataException>(() => VectorFile.Read(Path)).Message.ShouldContain("this Wye reads 1");
    }

    [Fact]
    public void VectorsThatNoRouterCanUse_AreRefused()
    {
        Should
            .Throw<InvalidDataException>(() =>
                VectorFile.Open(Path, Encoder with { Dimensions = VectorFile.MostDimensions + 1 })
            )
            .Message.ShouldContain("--dimensions");
        File.Exists(Path).ShouldBeFalse();
        using VectorFile file = VectorFile.Open(Path, Encoder);
        Should.Throw<ArgumentException>(() => file.Add("one", [1, 2]));
        Should.Throw<ArgumentException>(() => file.Add("one", [1, 2, float.NaN]));
        file.Count.ShouldBe(0);
    }

    private void Write(params (string Text, float[] Vector)[] vectors)
    {
        using VectorFile file = VectorFile.Open(Path, Encoder);
        foreach (var (text, vector) in vectors)
            file.Add(text, vector);
    }

    private static LabelledSet Set(params string[] prompts) =>
        new()
        {
            Name = "set",
            Queries = [.. prompts.Select(p => new LabelledQuery(p, "", "", p, "", "", p))],
            Models = [],
            Scores = [],
            Costs = [],
            OutputTokens = [],
            Hash = "",
        };
}
