using System.Text;
using Wye.Chat;
using Wye.Testing;

namespace Wye.Dialects.OpenAi;

/// <summary>Messages as clients write nearly all of them are read by a comparison, others token by token: with one result.</summary>
public class UsualMessageTests
{
    private static readonly string[] Roles = ["user", "assistant", "system", "developer", "tool"];

    private static readonly string[] Contents =
    [
        "\"\"",
        "\"plain\"",
        "\"/model gpt-4o\\nand a question\"",
        "\"a\\nb \\\"c\\\" \\u00e9 and more than the sixty-four bytes that are read at once, of which some are plain\"",
        "\"caf\u00e9\"",
        "[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"text\",\"text\":\"two\"}]",
        "null",
    ];

    private static readonly string[] Ends = ["", "", "", "", ",\"name\":\"x\"", ",\"tool_calls\":[]", ",\"x\":1"];

    [Fact]
    public void Messages_ReadAlike_HoweverTheyAreSpaced()
    {
        const int Rounds = 2_000;
        var random = new Random(11);
        for (var round = 0; round < Rounds; round++)
        {
            var messages = Enumerable
                .Range(0, random.Next(1, 7))
                .Select(_ => (Role: Pick(Roles), Content: Pick(Contents), End: Pick(Ends)))
                .ToList();
            var usual = Read(messages, "{{\"role\":\"{0}\",\"content\":{1}{2}}}", ",");
            var spaced = Read(messages, "{{ \"role\":\"{0}\",\"content\":{1}{2}}}", " , ");

            usual.ShouldBe(spaced);
        }

        string Pick(string[] among) => among[random.Next(among.Length)];
    }

    [Theory]
    [InlineData("[{\"role\":\"user\",\"content\":\"a\"}")]
    [InlineData("[{\"role\":\"user\",\"content\":\"a\"")]
    [InlineData("[{\"role\":\"user\",\"content\":\"a")]
    [InlineData("[{\"role\":\"user\",\"content\":\"a\"},]")]
    [InlineData("[{\"role\":\"user\",\"content\":\"a\"}{\"role\":\"user\",\"content\":\"a\"}]")]
    [InlineData("[,{\"role\":\"user\",\"content\":\"a\"}]")]
    [InlineData("[{\"role\":\"user\",\"content\":\"a\"}}]")]
    [InlineData("[{\"role\":\"user\",\"content\":\"\\x\"}]")]
    public void WhatIsNoJson_IsRefused(string messages) =>
        Wire.Refuse($"{{\"model\":\"auto\",\"messages\":{messages}}}").Code.ShouldBe("invalid_json");

    [Fact]
    public void MessagesBeyondTheBound_AreRefused()
    {
        const int Most = 10_000;
        var body = new StringBuilder("{\"model\":\"auto\",\"messages\":[{\"role\":\"user\",\"content\":\"\"}");
        for (var i = 0; i < Most; i++)
        {
            body.Append(",{\"role\":\"user\",\"content\":\"\"}");
        }

        Wire.Refuse(body.Append("]}").ToString()).Message.ShouldContain("messages. Shorten the conversation.");
    }

    // All that a reader makes of the messages, or its error.
    private static string Read(List<(string Role, string Content, string End)> messages, string form, string comma)
    {
        var written = string.Join(comma, messages.Select(m => string.Format(null, form, m.Role, m.Content, m.End)));
        var body = A.Bytes($"{{\"model\":\"auto\",\"messages\":[{written}]}}");
        if (!Wire.Dialect.TryReadRequest(body, CallerHints.None, out var request, out var error))
        {
            return $"{error.Code} {error.Param} {error.Message}";
        }

        using (request)
        {
            var texts = request.Texts.Select(t => $"{t.Role} {t.Message} {Encoding.UTF8.GetString(t.Utf8.Span)}");
            return $"{request.MessageCount} {request.Features} {request.Directive?.Model} {string.Join('|', texts)}";
        }
    }
}
