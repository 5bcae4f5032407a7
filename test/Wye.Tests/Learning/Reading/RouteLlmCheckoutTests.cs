namespace Wye.Learning.Reading;

public sealed class RouteLlmCheckoutTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-routellm-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Mmlu_IsReadFromOneFilePerSubject_AcrossLineBreaksInQuotes()
    {
        Write(
            "mmlu/responses/mmlu_carpentry.csv",
            "prompt,weak-7b,strong-1\n\"Which joint holds best?\nA. \"\"dovetail\"\"\nB. butt, glued\nAnswer:\",False,True\n\"Which saw cuts curves?\nA. rip\nB. coping\nAnswer:\",True,True\n"
        );
        Write("mmlu/responses/mmlu_knots.csv", "prompt,weak-7b,strong-1\n\"Which knot slips?\nAnswer:\",True,False\n");

        LabelledSet set = RouteLlmCheckout.Read(_folder).ShouldHaveSingleItem();

        set.Name.ShouldBe("routellm_mmlu");
        set.Models.ShouldBe(["strong-1", "weak-7b"]);
        set.Queries.Select(q => q.Task).ShouldBe(["carpentry", "carpentry", "knots"]);
        set.Queries[0].Prompt.ShouldBe("Which joint holds best?\nA. \"dovetail\"\nB. butt, glued\nAnswer:");
        set.Score(0, 0).ShouldBe(1);
        set.Score(0, 1).ShouldBe(0);
        set.Score(2, 0).ShouldBe(0);
    }

    [Fact]
    public void Gsm_IsReadWithoutResponsesAndContaminatedPrompts()
    {
        Write(
            "gsm8k/gsm8k_responses.csv",
            "prompt,weak-7b,strong-1,weak-7b_response,strong-1_response\n\"Two pears and three pears, how many?\",True,True,\"It is, I think, 5\",5\nSeen in training,False,True,a,b\n"
        );
        Write("gsm8k/contaminated_prompts.jsonl", "{\"eval_prompt\":\"Seen in training\",\"train_idx\":1}\n");

        LabelledSet set = RouteLlmCheckout.Read(_folder).ShouldHaveSingleItem();

        set.Models.ShouldBe(["strong-1", "weak-7b"]);
        set.Queries.ShouldHaveSingleItem().Task.ShouldBe("gsm8k");
    }

    [Fact]
    public void MtBench_ScoresTheMeanOfBothTurnsAndRoutesTheFirst()
    {
        Write(
            "mt_bench/question.jsonl",
            "{\"question_id\": 7, \"category\": \"writing\", \"turns\": [\"Write a toast.\", \"Make it shorter.\"]}\n{\"question_id\": 8, \"category\": \"math\", \"turns\": [\"What is 2+2?\", \"And 3+3?\"]}\n"
        );
        Write(
            "mt_bench/judgements.jsonl",
            "{\"question_id\": 7, \"model\": \"weak-7b\", \"score\": 4, \"turn\": 1}\n{\"question_id\": 7, \"model\": \"weak-7b\", \"score\": 8, \"turn\": 2}\n{\"question_id\": 8, \"model\": \"weak-7b\", \"score\": -1, \"turn\": 1}\n"
        );

        LabelledSet set = RouteLlmCheckout.Read(_folder).ShouldHaveSingleItem();

        set.Queries[0].Prompt.ShouldBe("Write a toast.");
        set.Queries[0].Task.ShouldBe("writing");
        set.Score(0, 0).ShouldBe(0.6f);
        float.IsNaN(set.Score(1, 0)).ShouldBeTrue();
    }

    [Fact]
    public void Checkout_WithoutEvaluationFiles_IsRefusedWithWhatIsMissing() =>
        Should
            .Throw<InvalidDataException>(() => RouteLlmCheckout.Read(_folder))
            .Message.ShouldContain("routellm/evals/gsm8k/gsm8k_responses.csv");

    [Fact]
    public void Answers_ThatAreNoVerdicts_NameFileLineAndColumn()
    {
        Write("gsm8k/gsm8k_responses.csv", "prompt,weak-7b\nWhat?,maybe\n");

        Should
            .Throw<InvalidDataException>(() => RouteLlmCheckout.Read(_folder))
            .Message.ShouldEndWith("line 2: 'maybe' in column 'weak-7b' is neither True nor False.");
    }

    [Theory]
    [InlineData("mt_bench/question.jsonl", "[1]")]
    [InlineData("mt_bench/question.jsonl", "{\"question_id\": 7}")]
    [InlineData("mt_bench/judgements.jsonl", "{\"question_id\": 7, \"model\": \"weak-7b\"}")]
    [InlineData("mt_bench/judgements.jsonl", "{\"question_id\": 7, \"model\": \"weak-7b\", \"score\": 80}")]
    [InlineData("mt_bench/contaminated_prompts.jsonl", "{\"prompt\": \"x\"}")]
    public void MtBench_WithALineOfAnotherForm_NamesFileAndLine(string file, string line)
    {
        Write("mt_bench/question.jsonl", "{\"question_id\": 7, \"turns\": [\"Write a toast.\"]}\n");
        Write("mt_bench/judgements.jsonl", "{\"question_id\": 7, \"model\": \"weak-7b\", \"score\": 4}\n");
        Write(file, line);

        Should
            .Throw<InvalidDataException>(() => RouteLlmCheckout.Read(_folder))
            .Message.ShouldContain($"{Path.GetFileName(file)}, line 1 cannot be read");
    }

    [Fact]
    public void Answers_WithAnOpenQuote_AreRefused()
    {
        Write("gsm8k/gsm8k_responses.csv", "prompt,weak-7b\n\"What?,True\n");

        Should
            .Throw<InvalidDataException>(() => RouteLlmCheckout.Read(_folder))
            .Message.ShouldContain("line 2: a quoted field is not closed");
    }

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, "routellm", "evals", name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }
}
