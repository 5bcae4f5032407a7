using System.Globalization;
using System.Text;
using Wye.Bench.Harness;
using Wye.Chat;
using Wye.Gates;
using Wye.Gates.Checks;
using Wye.Gates.Composing;
using Wye.Gates.Features;

namespace Wye.Bench;

/// <summary>Deterministic gates on a 4 KB answer: each alone, all together, and the features of a learned gate.</summary>
internal static class GateBench
{
    private const int Bytes = 4_096;

    public static void Run(TextWriter output)
    {
        var probe = new Probe(TimeProvider.System);
        output.WriteLine($"gates on an answer of {Bytes} bytes, one thread; reading the answer included");
        output.WriteLine($"{"what", -44} {"p50 us", 9} {"p99 us", 9} {"bytes", 9}");
        foreach (var (name, gate, subject) in Rows())
        {
            var view = new AnswerView();
            Line(output, name, probe.Measure(_ => Judge(gate, view, subject), warmup: 20_000, batches: 1_000));
        }

        var prose = Subject(Prose());
        var (reader, scratch, values) = (
            new AnswerView(),
            new FeatureScratch(),
            new float[AnswerFeatures.MostFeatures]
        );
        Line(
            output,
            "features of a learned gate",
            probe.Measure(
                _ =>
                {
                    reader.Load(prose);
                    AnswerFeatures.Write(reader, scratch, values);
                },
                warmup: 20_000,
                batches: 1_000
            )
        );
    }

    private static IEnumerable<(string Name, IGate Gate, GateSubject Subject)> Rows()
    {
        var (prose, json, code) = (Subject(Prose()), Subject(Json()), Subject(Code()));
        Gate[] texts =
        [
            new FinishGate(),
            new LengthGate(1, 100_000),
            new RefusalGate(3),
            new RepetitionGate(0.3),
            new LanguageGate(null),
            new FinalAnswerGate(number: true, marker: null),
            new NumbersUsedGate(0.5),
            new ArithmeticGate(),
            new PatternGate("answer|result", mustMatch: true),
            new SectionsGate(["Summary"]),
            new ChoiceGate([]),
        ];
        foreach (var gate in texts)
        {
            yield return ($"{gate.Kind}, prose", gate, prose);
        }

        yield return ("json, JSON", new JsonGate(), json);
        yield return ("code, C# and Python", new CodeGate(required: true, null), code);
        yield return (
            "all of these, prose",
            new AllGate([.. texts[..9], new CodeGate(false, null)], strict: false),
            prose
        );
    }

    private static void Judge(IGate gate, AnswerView view, GateSubject subject)
    {
        view.Load(subject);
        var verdict = gate.JudgeAsync(view, CancellationToken.None);
        if (!verdict.IsCompletedSuccessfully)
        {
            throw new InvalidOperationException("A deterministic gate decides at once.");
        }
    }

    private static GateSubject Subject(string answer) =>
        new()
        {
            Request = new ChatRequest
            {
                Dialect = DialectId.OpenAi,
                Body = default,
                Fields = [],
                RequestedModel = "auto",
                Texts =
                [
                    new ChatText(
                        ChatRole.User,
                        0,
                        "A baker sells 3 kinds of bread at $2.50, 12 rolls a day and 4 cakes for 30% less. What is the result?"u8.ToArray()
                    ),
                ],
            },
            Reply = new ChatReply
            {
                Dialect = DialectId.OpenAi,
                Body = default,
                Text = Encoding.UTF8.GetBytes(answer),
                Finish = FinishReason.Stop,
            },
        };

    private static string Prose()
    {
        var text = new StringBuilder();
        for (var i = 1; text.Length < Bytes - 120; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"In step {i} the baker counts the {i} trays and the rest of what is left on the shelf: {i} * 12 = {i * 12}, and {i * 12} + 4 = {(i * 12) + 4}.\n"
            );
        }

        return text.Append("With 3 kinds at 2.50 and 30% less that is the result.\n#### 42").ToString();
    }

    private static string Json()
    {
        var text = new StringBuilder("[");
        for (var i = 0; text.Length < Bytes - 60; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{{\"id\":{i},\"name\":\"item {i}\",\"price\":{i}.5}},");
        }

        return text.Append("{}]").ToString();
    }

    private static string Code()
    {
        var text = new StringBuilder("```csharp\n");
        for (var i = 0; text.Length < Bytes / 2; i++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"public int F{i}(int a) {{ return a + {i}; }} // adds \"{i}\"\n"
            );
        }

        text.Append("```\n```python\n");
        for (var i = 0; text.Length < Bytes - 80; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"def f{i}(a):\n    return [a, {i}]\n\n");
        }

        return text.Append("```").ToString();
    }

    private static void Line(TextWriter output, string what, ProbeResult result) =>
        output.WriteLine($"{what, -44} {result.P50Micros, 9:0.00} {result.P99Micros, 9:0.00} {result.Bytes, 9:0}");
}
