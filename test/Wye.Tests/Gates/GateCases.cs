using Wye.Chat;
using Wye.Gates.Checks;
using Wye.Gates.Composing;
using Wye.Gates.Judging;
using static Wye.Gates.GateDecision;

namespace Wye.Gates;

/// <summary>Every gate with its cases, and with a broken one of the same kind that they must find.</summary>
internal static class GateCases
{
    public sealed record Row(string Name, IGate Gate, IGate Broken, params GateCase[] Cases);

    private static readonly IJsonSchemaChecker Schemas = new ObjectChecker();

    public static IReadOnlyList<Row> All { get; } =
    [
        new(
            "json",
            new JsonGate(),
            new BrokenGate(view => view.Answer.TrimStart().StartsWith("{")),
            new("{\"a\":[1,2]}", Passed),
            new(" [1] ", Passed),
            new("```json\n{\"a\":1}\n```", Passed),
            new("{\"a\":1", Refused),
            new("{\"a\":1} and more", Refused),
            new("{\"a\":1}{\"b\":2}", Refused),
            new("", Refused)
        ),
        new(
            "json_schema",
            new SchemaGate(Schemas, """{"type":"object"}"""),
            new JsonGate(),
            new("{}", Passed),
            new("[]", Refused),
            new("{", Refused)
        ),
        new(
            "json_schema with an unknown keyword",
            new SchemaGate(Schemas, """{"$unheardOf":1}"""),
            new JsonGate(),
            new GateCase("{}", Abstained)
        ),
        new("json_schema without checker", new SchemaGate(null, "{}"), new JsonGate(), new GateCase("{}", Abstained)),
        new(
            "pattern",
            new PatternGate("^[A-Z]{3}-[0-9]+$", mustMatch: true),
            new BrokenGate(view => view.Answer.Contains('-')),
            new("ABC-12", Passed),
            new("abc-12", Refused),
            new("ABC-12 or so", Refused)
        ),
        new(
            "pattern that must not match",
            new PatternGate("(?i)lorem", mustMatch: false),
            new BrokenGate(view => !view.Answer.Contains("lorem", StringComparison.Ordinal)),
            new("text", Passed),
            new("LOREM ipsum", Refused)
        ),
        new(
            "length",
            new LengthGate(3, 5),
            new BrokenGate(view => view.Answer.Length >= 3),
            new("abc", Passed),
            new("  ab  ", Refused),
            new("abcdef", Refused)
        ),
        new(
            "finish",
            new FinishGate(),
            new BrokenGate(_ => true),
            new("x", Passed),
            new("x", Passed) { Finish = FinishReason.ToolCalls },
            new("x", Refused) { Finish = FinishReason.Length },
            new("x", Refused) { Finish = FinishReason.ContentFilter },
            new("x", Abstained) { Finish = FinishReason.None }
        ),
        new(
            "sections",
            new SectionsGate(["Summary", "Risks"]),
            new BrokenGate(view => view.Answer.Contains("Summary", StringComparison.Ordinal)),
            new("# Summary\nx\n## 2. Risks:\ny", Passed),
            new("**summary**\nx\n*RISKS*\ny", Passed),
            new("# Summary\nThere are no risks worth a heading.", Refused),
            new("# Risks\n# Summary", Refused)
        ),
        new(
            "language",
            new LanguageGate(null),
            new BrokenGate(_ => true),
            new("Der Zug fährt nicht, denn das Gleis ist gesperrt und wird repariert.", Passed)
            {
                Question = "Warum fährt der Zug nicht und wann ist das Gleis wieder frei?",
            },
            new("The train does not run because the track is closed for repair.", Refused)
            {
                Question = "Warum fährt der Zug nicht und wann ist das Gleis wieder frei?",
            },
            new("列車は動きません。線路が閉鎖されています。", Refused)
            {
                Question = "Why is the train not on the track?",
            },
            new("42", Abstained) { Question = "What is the answer to it?" }
        ),
        new(
            "code",
            new CodeGate(required: false, language: null),
            new BrokenGate(view => view.Answer.Contains("```", StringComparison.Ordinal)),
            new("```json\n{\"a\":1}\n```", Passed),
            new("```json\n{\"a\":1,}\n```", Refused),
            new("```xml\n<a><b/></a>\n```", Passed),
            new("```xml\n<a><b></a>\n```", Refused),
            new("```xml\n<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>\n```", Refused),
            new("```sql\nSELECT a FROM b WHERE c = 'it''s (fine'\n```", Passed),
            new("```sql\nSELECT count( a FROM b\n```", Refused),
            new("```python\ndef f(a):\n    # (\n    return [a,\n        1]\n\nprint(f(1))\n```", Passed),
            new("```python\ndef f(a):\nreturn a\n```", Refused),
            new("```python\ndef f(a)\n    return a\n```", Refused),
            new("```python\nx = 1\n    y = 2\n```", Refused),
            new("```csharp\nvar s = \"}\" + '\\'' + @\"a\\\"; // {\nif (s == null) { return; }\n```", Passed),
            new("```cs\nclass A { void B() { }\n```", Refused),
            new("```cs\nvar s = \"not closed;\n```", Refused),
            new("```python\nprint(1)\n", Refused),
            new("```\nwhatever(\n```", Abstained),
            new("no code", Abstained)
        ),
        new(
            "code that must be there",
            new CodeGate(required: true, language: "python"),
            new CodeGate(required: false, language: null),
            new("no code", Refused),
            new("```\nprint(\n```", Refused)
        ),
        new(
            "tool_arguments",
            new ToolArgumentsGate(Schemas),
            new BrokenGate(view => view.Subject.Reply.ToolCallCount > 0),
            new("", Passed) { Tools = [("f", """{"type":"object"}""")], Calls = [("f", "{\"a\":1}")] },
            new("", Passed) { Tools = [("f", """{"type":"object"}""")], Calls = [("f", "")] },
            new("", Refused) { Tools = [("f", """{"type":"object"}""")], Calls = [("f", "[]")] },
            new("", Refused) { Tools = [("f", """{"type":"object"}""")], Calls = [("f", "{\"a\":")] },
            new("", Refused) { Tools = [("f", """{"type":"object"}""")], Calls = [("f", "{}"), ("g", "{}")] },
            new("text", Abstained)
        ),
        new(
            "arithmetic",
            new ArithmeticGate(),
            new BrokenGate(view => !view.Answer.Contains("5 + 5 = 11", StringComparison.Ordinal)),
            new("2 + 3 = 5", Passed),
            new("15 floors * 8 units/floor = 120 units, 3/4 of it is 120 x 3/4 = 90", Passed),
            new("20% of $50 is 0.20 × $50 = $10.00, so 50 - 10 = <<50-10=40>>40", Passed),
            new("1,200 / 3 = 400", Passed),
            new("10 / 3 = 3.33", Passed),
            new("2 * (3 + 4) = 14 and 14 - 20 = -6", Passed),
            new("2 + 3 = 6", Refused),
            new("2 * 3 = 6, then 6 * 4 = 25", Refused),
            new("15 floors * 8 units/floor * 3/4 = 36 x 3/4 = 27 units", Refused),
            new("10 / 4 = 3", Refused),
            new("x + 3 = 7, so x is four", Abstained),
            new("no numbers", Abstained)
        ),
        new(
            "final_answer",
            new FinalAnswerGate(number: true, marker: null),
            new BrokenGate(view => view.Answer.ContainsAnyInRange('0', '9')),
            new("Work.\n#### 42", Passed),
            new("So \\boxed{42}", Passed),
            new("**Answer:** 42 apples", Passed),
            new("it is 42", Refused),
            new("#### none", Refused)
        ),
        new(
            "numbers_used",
            new NumbersUsedGate(0.6),
            new BrokenGate(view => view.Answer.ContainsAnyInRange('0', '9')),
            new("3 * 4 = 12", Passed) { Question = "3 bags of 4 apples?" },
            new("20% is 20/100", Passed) { Question = "How much is 20%?" },
            new("3 and 7", Refused) { Question = "3 bags of 4 apples and 5 pears?" },
            new("3", Abstained) { Question = "How many?" }
        ),
        new(
            "refusal",
            new RefusalGate(3),
            new BrokenGate(view => !view.Answer.Contains("sorry", StringComparison.Ordinal)),
            new("The capital is Bern.", Passed),
            new("I cannot help with that request.", Refused),
            new("As an AI language model, I have no opinion.", Refused),
            new("I think it is 3, perhaps 4, it might be 5; I'm not sure.", Refused)
        ),
        new(
            "repetition",
            new RepetitionGate(0.3),
            new BrokenGate(view => view.Answer.Length < 100),
            new(string.Join(' ', Enumerable.Range(0, 200).Select(i => $"word{i}")), Passed),
            new(string.Concat(Enumerable.Repeat("the quick brown fox jumps over the lazy dog today ", 20)), Refused),
            new("short short short", Passed)
        ),
        new(
            "choice of given ones",
            new ChoiceGate(["yes", "no"]),
            new BrokenGate(view => view.Answer.Contains("yes", StringComparison.OrdinalIgnoreCase)),
            new("Yes.", Passed),
            new("Reasoning.\nAnswer: no", Passed),
            new("yes and no", Refused)
        ),
        new(
            "choice of letters",
            new ChoiceGate([]),
            new BrokenGate(view => view.Answer.ContainsAnyInRange('A', 'Z')),
            new("The answer is (B).", Passed) { Question = "Which?\nA) x\nB) y\nC) z" },
            new("Answer: D", Refused) { Question = "Which?\nA) x\nB) y\nC) z" },
            new("Answer: A or B", Refused) { Question = "Which?\nA) x\nB) y\nC) z" },
            new("B", Abstained) { Question = "Which?" }
        ),
        new(
            "logprobs",
            new ConfidenceGate(mean: -0.5, least: -4, entropy: null),
            new BrokenGate(view => view.Parts?.Confidence is not null),
            new("x", Passed) { Confidence = new(10, -0.1, -1, 0.2) },
            new("x", Refused) { Confidence = new(10, -0.9, -1, 0.2) },
            new("x", Refused) { Confidence = new(10, -0.1, -5, 0.2) },
            new("x", Abstained)
        ),
        new(
            "self_confidence",
            new SelfConfidenceGate([(0, 0.3), (0.5, 0.4), (0.9, 0.6), (1, 0.8)], 0.55),
            new BrokenGate(view => view.Answer.Contains("confidence", StringComparison.OrdinalIgnoreCase)),
            new("x\nConfidence: HIGH", Passed),
            new("x\nConfidence: 95", Passed),
            new("x\nConfidence: medium", Refused),
            new("x\nConfidence: 60%", Refused),
            new("x", Abstained)
        ),
        new(
            "agreement of numbers",
            new AgreementGate(AgreementForm.Number, 0.5),
            new BrokenGate(view => view.Subject.Samples.Count > 0),
            new("#### 1,200", Passed) { Samples = ["Answer: $1200.00"] },
            new("#### -5", Refused) { Samples = ["#### 5"] },
            new("#### 7", Refused) { Samples = ["#### 8", "#### 9", "#### 7"] },
            new("no number", Refused) { Samples = ["#### 8"] },
            new("#### 7", Abstained)
        ),
        new(
            "agreement of JSON",
            new AgreementGate(AgreementForm.Json, 1),
            new AgreementGate(AgreementForm.Text, 1),
            new("{\"a\":1,\"b\":[2]}", Passed) { Samples = ["```json\n{ \"b\": [2.0], \"a\": 1 }\n```"] },
            new("{\"a\":1}", Refused) { Samples = ["{\"a\":2}"] }
        ),
        new(
            "judge",
            new JudgeGate(JudgeGate.UsualRubric, 0.75),
            new BrokenGate(view => view.Subject.Judgement is { } said && said.Text.Span.ContainsAny("45"u8)),
            new("x", Passed) { Judgement = "5" },
            new("x", Passed) { Judgement = " 4.\n" },
            new("x", Refused) { Judgement = "3" },
            new("x", Abstained) { Judgement = "5 out of 5" },
            new("x", Abstained) { Judgement = "The answer deserves a 5" },
            new("x", Abstained) { Judgement = "9" },
            new("x", Abstained)
        ),
        new(
            "learned",
            new TrainedGate(new LengthScorer(), 0.5),
            new TrainedGate(new LengthScorer(), 0),
            new("a long enough answer", Passed),
            new("", Refused)
        ),
        new(
            "all",
            new AllGate([new JsonGate(), new LengthGate(4, 99)], strict: false),
            new AnyGate([new JsonGate(), new LengthGate(4, 99)]),
            new("{\"a\":1}", Passed),
            new("{}", Refused),
            new("not json", Refused)
        ),
        new(
            "all, one cannot tell",
            new AllGate([new JsonGate(), new ArithmeticGate()], strict: true),
            new AllGate([new JsonGate(), new ArithmeticGate()], strict: false),
            new GateCase("{}", Abstained)
        ),
        new(
            "any",
            new AnyGate([new JsonGate(), new LengthGate(9, 99)]),
            new AllGate([new JsonGate(), new LengthGate(9, 99)], strict: false),
            new("{}", Passed),
            new("long enough", Passed),
            new("short", Refused)
        ),
        new(
            "weighted",
            new WeightedGate([(new JsonGate(), 3), (new LengthGate(5, 99), 1), (new ArithmeticGate(), 9)], 0.7),
            new AllGate([new JsonGate(), new LengthGate(5, 99)], strict: false),
            new("{}", Passed),
            new("long enough", Refused)
        ),
    ];

    private sealed class LengthScorer : IAnswerScorer
    {
        public double Score(ReadOnlySpan<float> features) => features[0] > 1 ? 0.9 : 0.1;
    }

    /// <summary>Knows <c>type: object</c> and nothing else.</summary>
    private sealed class ObjectChecker : IJsonSchemaChecker
    {
        public SchemaVerdict Check(string schema, string json) =>
            !schema.Contains("\"type\"", StringComparison.Ordinal) ? SchemaVerdict.Unknown
            : json.StartsWith('{') ? SchemaVerdict.Valid
            : SchemaVerdict.Invalid;
    }
}
