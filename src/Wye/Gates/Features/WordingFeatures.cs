using System.Buffers;
using Wye.Gates.Texts;

namespace Wye.Gates.Features;

/// <summary>Words of the question that ask for a certain work, and words of the answer that show doubt.</summary>
internal static class WordingFeatures
{
    private static readonly (string Name, Words Words)[] Asked =
    [
        ("asks_percent", Any('%', "percent")),
        ("asks_fraction", Any('/', "half", "third", "quarter", "fifth")),
        ("asks_times", Any(" times", "twice", "double", "triple")),
        ("asks_less", Any("less than", "fewer")),
        ("asks_more", Any("more than")),
        ("asks_rest", Any("left", "remain")),
        ("asks_total", Any("total", "altogether", " in all", "combined")),
        ("asks_each", Any("each", "every", "per ")),
        ("asks_if", Any("if ")),
        ("asks_money", Any('$', "profit", "discount", "interest", "tax", "cost")),
        ("asks_time", Any("hour", "minute", "day", "week", "month", "year")),
        ("asks_age", Any(" age", "years old", "older", "younger")),
        ("asks_speed", Any("mph", "speed", "miles", "rate")),
        ("asks_how_much", Any("how much")),
        ("asks_how_many", Any("how many")),
    ];

    private static readonly Words Rest = Any("left", "remain", "less than", "fewer");
    private static readonly Words Doubt = Any(
        "however",
        "assum",
        "not enough",
        "cannot",
        "unclear",
        "note",
        "but ",
        "should",
        "typo",
        "seems",
        "impossible",
        "actually",
        "mistake"
    );
    private static readonly Words About = Any('≈', "approx", "about ", "roughly", "round");
    private static readonly Words Naming = Any("let's", "let ", "denote", "call ");

    public static void Write(AnswerView view, FeatureScratch scratch, ref FeatureSink sink)
    {
        var question = view.Question;
        var answer = view.Answer;
        foreach (var (name, words) in Asked)
        {
            sink.Add(name, words.StandIn(question));
        }

        sink.Add("sentences", question.Count('.') + question.Count('?'));
        sink.Add(
            "rest_without_minus",
            scratch.Operators[1] == 0 && view.Equations.All.Length > 0 && Rest.StandIn(question)
        );
        sink.Add("doubts", Doubt.StandIn(answer));
        sink.Add("about", About.StandIn(answer));
        sink.Add("names_unknown", Naming.StandIn(answer));
        sink.Add("has_unknown", LoneLetter.StandsIn(answer));
    }

    private static Words Any(params string[] words) => Any(sign: '\0', words);

    private static Words Any(char sign, params string[] words) =>
        new(SearchValues.Create(words, StringComparison.OrdinalIgnoreCase), sign);

    // A sign among the words would cost the vectorised search for all of them.
    private sealed record Words(SearchValues<string> Values, char Sign)
    {
        public bool StandIn(ReadOnlySpan<char> text) =>
            (Sign != '\0' && text.Contains(Sign)) || text.ContainsAny(Values);
    }
}
