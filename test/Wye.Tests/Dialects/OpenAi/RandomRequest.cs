using System.Text;

namespace Wye.Dialects.OpenAi;

/// <summary>A random valid request, together with the bytes that must leave for the provider.</summary>
internal sealed class RandomRequest
{
    private static readonly string[] Texts =
    [
        "",
        "plain",
        "a\\nb",
        "\\ud83d\\ude00",
        "é漢字",
        "\\u0041\\\\\\\"",
        "{\\\"model\\\":\\\"x\\\"}",
    ];

    private readonly Random _random;
    private readonly StringBuilder _body = new("{");
    private readonly StringBuilder _expected = new("{");
    private bool _first = true;

    public RandomRequest(int seed)
    {
        _random = new Random(seed);
        Bound = Flip() ? _random.Next(1, 5000) : null;
        var stream = Flip();
        var options = stream && Flip();
        var boundName = Flip() ? "max_tokens" : "max_completion_tokens";
        var hasBound = Flip();
        List<Action> members =
        [
            () => Member(Flip() ? "model" : "mod\\u0065l", "\"auto\"", "\"upstream-1\""),
            Messages,
            () => Member("stream", stream ? "true" : "false"),
        ];
        if (options)
        {
            members.Add(() => Member("stream_options", "{\"include_usage\": false}", "{\"include_usage\": true}"));
        }

        if (hasBound)
        {
            members.Add(() =>
                Member(boundName, "77", Bound?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "77")
            );
        }

        for (var i = _random.Next(5); i > 0; i--)
        {
            var name = $"x{i}";
            members.Add(() => Member(name, Value(3)));
        }

        foreach (var member in members.OrderBy(_ => _random.Next()).ToList())
        {
            member();
        }

        // Additions go behind the last value, before the blanks and the brace.
        _expected.Append(stream && !options ? ",\"stream_options\":{\"include_usage\":true}" : "");
        _expected.Append(Bound is not null && !hasBound ? $",\"max_tokens\":{Bound}" : "");
        Both(Blank() + "}" + Blank());
    }

    public int? Bound { get; }

    public string Body => _body.ToString();

    public string Expected => _expected.ToString();

    private bool Flip() => _random.Next(2) == 0;

    private string Blank() => new(' ', _random.Next(2));

    private string Text() => Texts[_random.Next(Texts.Length)];

    private void Both(string text)
    {
        _body.Append(text);
        _expected.Append(text);
    }

    private void Member(string name, string value, string? expected = null)
    {
        Start(name);
        _body.Append(value);
        _expected.Append(expected ?? value);
    }

    private void Start(string name)
    {
        Both((_first ? "" : Blank() + ",") + Blank() + $"\"{name}\"" + Blank() + ":" + Blank());
        _first = false;
    }

    private void Messages()
    {
        Start("messages");
        Both("[");
        for (var i = _random.Next(4); i > 0; i--)
        {
            var role = Flip() ? "system" : "assistant";
            Both($"{{\"role\":\"{role}\",{Blank()}\"content\":\"{Text()}\"}},");
        }

        Both("{\"content\":\"");
        _body.Append(Flip() ? "/model gpt-4o\\n" : "");
        Both($"{Text()}\",\"role\":\"user\"}}]");
    }

    private string Value(int depth) =>
        _random.Next(depth > 0 ? 6 : 4) switch
        {
            0 => "null",
            1 => "-1.5e3",
            2 => $"\"{Text()}\"",
            3 => "true",
            4 => $"[{Value(depth - 1)}, {Value(depth - 1)}]",
            _ => $"{{\"{Text()}\":{Value(depth - 1)}}}",
        };
}
