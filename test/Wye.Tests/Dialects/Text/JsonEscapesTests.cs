using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;

namespace Wye.Dialects.Text;

public class JsonEscapesTests
{
    [Fact]
    public void Unescape_AgreesWithTheFrameworksReader_OnAnyText() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>(),
                text =>
                {
                    var expected = Encoding.UTF8.GetBytes(text ?? "");
                    var literal = JsonSerializer.SerializeToUtf8Bytes(Encoding.UTF8.GetString(expected)).AsSpan()[
                        1..^1
                    ];
                    var destination = new byte[literal.Length];
                    var written = JsonEscapes.Unescape(literal, destination);
                    destination[..written].ShouldBe(expected);
                    JsonEscapes.UnescapedLength(literal).ShouldBe(expected.Length);
                    JsonEscapes.RawLengthOf(literal, expected.Length).ShouldBe(literal.Length);
                    JsonEscapes.HasLoneSurrogate(literal).ShouldBeFalse();
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2_000).WithReplay(3, 4711));

    [Theory]
    [InlineData("\\n")]
    [InlineData("\\u00e9")]
    [InlineData("\\ud83d\\ude00")]
    public void Unescape_AgreesWithTheFrameworksReader_WhereverTheBlocksEnd(string escape)
    {
        const int Most = 100;
        for (var before = 0; before <= Most; before++)
        {
            for (var after = 0; after <= Most; after++)
            {
                var literal = $"{new string('x', before)}{escape}{escape}{new string('y', after)}{escape}";
                var destination = new byte[literal.Length];
                var written = JsonEscapes.Unescape(Encoding.UTF8.GetBytes(literal), destination);
                Encoding
                    .UTF8.GetString(destination, 0, written)
                    .ShouldBe(JsonSerializer.Deserialize<string>($"\"{literal}\""));
            }
        }
    }

    [Theory]
    [InlineData("\\ud800", "\uFFFD")]
    [InlineData("\\udc00x", "\uFFFDx")]
    [InlineData("\\ud800\\ud800", "\uFFFD\uFFFD")]
    [InlineData("\\ud800\\n", "\uFFFD\n")]
    [InlineData("\\ud83d\\uDE00", "😀")]
    [InlineData("\\/\\b\\f\\r\\t\\\\\\\"", "/\b\f\r\t\\\"")]
    [InlineData("\\u00", "\uFFFD")]
    [InlineData("x\\", "x\\")]
    public void Unescape_NeverThrows_OnBrokenEscapes(string literal, string expected)
    {
        var destination = new byte[64];
        var written = JsonEscapes.Unescape(Encoding.UTF8.GetBytes(literal), destination);
        Encoding.UTF8.GetString(destination, 0, written).ShouldBe(expected);
    }
}
