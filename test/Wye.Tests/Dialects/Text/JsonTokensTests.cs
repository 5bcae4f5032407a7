using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Wye.Dialects.Text;

/// <summary>The reader of bodies gives what <see cref="Utf8JsonReader"/> gives, token by token, and stops where it stops.</summary>
public sealed class JsonTokensTests
{
    private const int Depth = 6;

    private static readonly byte[][] Seeds =
    [
        .. new[]
        {
            """{"model":"auto","messages":[{"role":"user","content":"a\nb \"c\" \u00e9 \\ \/ é漢字 and a text longer than one vector is wide"}]}""",
            """ { "a" : [ 1 , -0 , 0.5 , 1e9 , -12.25E-3 , true , false , null , "" , [ ] , { } ] , "b\u0062" : {"c":{"d":[[]]}} } """,
            "[12345678901234567890,2147483648,-1.0,0e+5]",
            "\"0123456789abcdef0123456789abcde\\n0123456789abcdef0123456789abcdef\\t\"",
            "5",
            "[[[[[[[]]]]]]]",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>What is read, and where it is refused, of every seed, of each of its beginnings and of broken ones.</summary>
    [Fact]
    public void Reads_as_the_runtime_reads()
    {
        foreach (var seed in Seeds)
        {
            for (var length = 0; length <= seed.Length; length++)
            {
                AssertSame(seed.AsSpan(0, length));
            }
        }

        var mutation = new Mutation(7);
        for (var round = 0; round < Mutation.Rounds * 5; round++)
        {
            AssertSame(mutation.Of(Seeds));
        }
    }

    /// <summary>Each byte in each place, behind a backslash too.</summary>
    [Fact]
    public void Refuses_the_bytes_that_the_runtime_refuses()
    {
        string[] frames =
        [
            "{}",
            "[1]",
            "[\"aé\"]",
            "[\"\\n\"]",
            "[\"\\u00e9\"]",
            "{\"a\":0}",
            "[-1.5e2]",
            "[true,null]",
        ];
        foreach (var frame in frames.Select(Encoding.UTF8.GetBytes))
        {
            for (var at = 0; at <= frame.Length; at++)
            {
                for (var value = 0; value < 0x80; value++)
                {
                    AssertSame([.. frame[..at], (byte)value, .. frame[at..]]);
                    if (at < frame.Length)
                    {
                        AssertSame([.. frame[..at], (byte)value, .. frame[(at + 1)..]]);
                    }
                }
            }
        }
    }

    /// <summary>Wherever an escape or an end falls in the blocks that strings are read by.</summary>
    [Theory]
    [InlineData("\\n")]
    [InlineData("\\\\")]
    [InlineData("\\\"")]
    [InlineData("\\u00e9")]
    [InlineData("\\ud83d\\ude00")]
    [InlineData("é")]
    [InlineData("\\")]
    [InlineData("\\x")]
    [InlineData("\\u00g0")]
    [InlineData("\n")]
    public void Strings_read_the_same_wherever_their_blocks_end(string special)
    {
        const int Most = 140;
        for (var before = 0; before <= Most; before++)
        {
            foreach (var after in (int[])[0, 1, 5, 31, 57, 58, 63, 64, 70])
            {
                var (head, tail) = (new string('x', before), new string('y', after));
                AssertSame(Encoding.UTF8.GetBytes($"[\"{head}{special}{tail}\",1]"));
                AssertSame(Encoding.UTF8.GetBytes($"[\"{head}{special}{special}{tail}\",\"{special}\"]"));
                AssertSame(Encoding.UTF8.GetBytes($"[\"{head}{special}{tail}"));
            }
        }
    }

    [Theory]
    [InlineData("""{"a":"b"}""", false)]
    [InlineData("""{"a":"\n\\u00e9"}""", false)]
    [InlineData("""{"a":"\u00e9"}""", true)]
    [InlineData("""{"\u0061":1}""", true)]
    [InlineData(
        """{"a":["xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx\ud800","b"]}""",
        true
    )]
    public void Says_whether_it_met_unicode_escapes(string json, bool expected)
    {
        var tokens = new JsonTokens(Encoding.UTF8.GetBytes(json), Depth);
        while (tokens.Read()) { }

        Assert.Equal(expected, tokens.HasUnicodeEscapes);
    }

    /// <summary>Names and texts of every kind are told apart as they read, not as they are written.</summary>
    [Theory]
    [InlineData("\"role\"", "role", true)]
    [InlineData("\"r\\u006fle\"", "role", true)]
    [InlineData("\"r\\u006fles\"", "role", false)]
    [InlineData("\"\\\"\\\\\"", "\"\\", true)]
    [InlineData("\"\\ud83d\\ude00\"", "😀", true)]
    [InlineData("\"rol\"", "role", false)]
    [InlineData("null", "null", false)]
    public void Compares_what_is_meant(string json, string text, bool same)
    {
        var tokens = new JsonTokens(Encoding.UTF8.GetBytes(json), Depth);
        Assert.True(tokens.Read());
        Assert.Equal(same, tokens.ValueTextEquals(Encoding.UTF8.GetBytes(text)));
    }

    private static void AssertSame(ReadOnlySpan<byte> json)
    {
        // Both take valid UTF-8; half of a surrogate pair, which the runtime throws at, is refused by RequestErrors.
        if (!System.Text.Unicode.Utf8.IsValid(json) || JsonEscapes.HasLoneSurrogate(json))
        {
            return;
        }

        Assert.Equal(OfRuntime(json), OfTokens(json));
    }

    private static string OfTokens(ReadOnlySpan<byte> json)
    {
        var read = new StringBuilder();
        var tokens = new JsonTokens(json, Depth);
        try
        {
            while (tokens.Read())
            {
                Note(read, tokens.TokenType, tokens.CurrentDepth, tokens.TokenStartIndex, tokens.BytesConsumed);
                if (tokens.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    Note(read, tokens.GetString(), tokens.ValueIsEscaped, tokens.ValueSpan.Length);
                }
                else if (tokens.TokenType == JsonTokenType.Number)
                {
                    Note(read, tokens.TryGetInt32(out var small), small, tokens.TryGetInt64(out var whole), whole);
                    Note(
                        read,
                        tokens.TryGetUInt64(out var positive),
                        positive,
                        tokens.TryGetDouble(out var number),
                        number
                    );
                }
            }
        }
        catch (JsonException)
        {
            read.Append("refused");
        }

        return read.ToString();
    }

    private static string OfRuntime(ReadOnlySpan<byte> json)
    {
        var read = new StringBuilder();
        var tokens = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = Depth });
        try
        {
            while (tokens.Read())
            {
                Note(read, tokens.TokenType, tokens.CurrentDepth, tokens.TokenStartIndex, tokens.BytesConsumed);
                if (tokens.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    Note(read, tokens.GetString()!, tokens.ValueIsEscaped, tokens.ValueSpan.Length);
                }
                else if (tokens.TokenType == JsonTokenType.Number)
                {
                    Note(read, tokens.TryGetInt32(out var small), small, tokens.TryGetInt64(out var whole), whole);
                    Note(
                        read,
                        tokens.TryGetUInt64(out var positive),
                        positive,
                        tokens.TryGetDouble(out var number),
                        number
                    );
                }
            }
        }
        catch (JsonException)
        {
            read.Append("refused");
        }

        return read.ToString();
    }

    private static void Note(StringBuilder read, params ReadOnlySpan<object> facts)
    {
        foreach (var fact in facts)
        {
            read.Append(CultureInfo.InvariantCulture, $"{fact} ");
        }
    }
}
