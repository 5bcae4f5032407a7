using System.Buffers;

namespace Wye.Gates.Features;

/// <summary>Words of the question that ask for a certain work, and words of the answer that show doubt.</summary>
internal static class WordingFeatures
{
    private static readonly (string Name, SearchValues<string> Words)[] Asked =
    [
        ("asks_percent", Any("%", "percent")),
        ("asks_fraction", Any("half", "third", "quarter", "fifth", "/")),
        ("asks_times", Any(" times", "twice", "double", "triple")),
        ("asks_less", Any("less than", "fewer")),
        ("asks_more", Any("more than")),
        ("asks_rest", Any("left", "remain")),
        ("asks_total", Any("total", "altogether", " in all", "combined")),
        ("asks_each", Any("each", "every", "per ")),
        ("asks_if", Any("if ")),
        ("asks_money", Any("profit", "discount", "interest", "tax", "cost", "$")),
        ("asks_time", Any("hour", "minute", "day", "week", "month", "year")),
        ("asks_age", Any(" age", "years old", "older", "younger")),
        ("asks_speed", Any("mph", "speed", "miles", "rate")),
        ("asks_how_much", Any("how much")),
        ("asks_how_many", Any("how many")),
    ];

    private static readonly SearchValues<string> Rest = Any("left", "remain", "less than", "fewer");
    private static readonly SearchValues<string> Doubt = Any(
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
    private static readonly SearchValues<string> About = Any("approx", "about ", "roughly", "≈", "round");
    private static readonly SearchValues<string> Naming = Any("let's", "let ", "denote", "call ");

    public static void Write(AnswerView view, FeatureScratch scratch, ref FeatureSink sink)
    {
        var question = view.Question;
        var answer = view.Answer;
        foreach (var (name, words) in Asked)
        {
            sink.Add(name, question.ContainsAny(words));
        }

        sink.Add("sentences", question.Count('.') + question.Count('?'));
        sink.Add(
            "rest_without_minus",
            scratch.Operators[1] == 0 && view.Equations.All.Length > 0 && question.ContainsAny(Rest)
        );
        sink.Add("doubts", answer.ContainsAny(Doubt));
        sink.Add("about", answer.ContainsAny(About));
        sink.Add("names_unknown", answer.ContainsAny(Naming));
        sink.Add("has_unknown", HasLoneLetter(answer));
    }

    private static bool HasLoneLetter(ReadOnlySpan<char> text)
    {
        for (var i = 1; i + 1 < text.Length; i++)
        {
            if (
                char.IsAsciiLetter(text[i])
                && (text[i] | 0x20) is not ('a' or 'i' or 'x')
                && !char.IsLetter(text[i - 1])
                && text[i - 1] is not ('\'' or '’')
                && !char.IsLetter(text[i + 1])
                && text[i + 1] is not ('\'' or '’')
            )
            {
                return true;
            }
        }

        return false;
    }

    private static SearchValues<string> Any(params string[] words) =>
        SearchValues.Create(words, StringComparison.OrdinalIgnoreCase);
}
