using System.Text;
using System.Xml;
using Wye.Gates.Texts;

namespace Wye.Gates.Checks;

/// <summary><c>code</c>: each fenced block parses as the language its fence names (JSON, XML, SQL, Python, C# and their kin).</summary>
/// <remarks>JSON and XML are parsed; the others are read lexically: strings and comments close, brackets pair, Python's blocks are indented.</remarks>
internal sealed class CodeGate : Gate
{
    private readonly bool _required;
    private readonly string? _language;

    /// <param name="required">Whether an answer without any block is refused; else the gate abstains.</param>
    /// <param name="language">What a block is that names nothing; null = such a block is not read.</param>
    public CodeGate(bool required, string? language)
        : base("code") => (_required, _language) = (required, language);

    /// <inheritdoc/>
    public override GateVerdict Judge(AnswerView answer)
    {
        var (blocks, read) = (0, 0);
        var rest = answer.Answer;
        while (CodeFence.Next(ref rest, out var tag, out var code, out var closed))
        {
            blocks++;
            if (!closed)
            {
                return GateVerdict.Refuse("code: a block is not closed");
            }

            var language = tag.IsEmpty ? _language : CodeLanguages.Of(tag);
            if (language is null)
            {
                continue;
            }

            read++;
            if (!Parses(language, code))
            {
                return GateVerdict.Refuse($"code: {language} does not parse");
            }
        }

        return read > 0 ? GateVerdict.Pass()
            : blocks == 0 && _required ? GateVerdict.Refuse("code: no block")
            : GateVerdict.Skip("code: no block that can be read");
    }

    private static bool Parses(string language, ReadOnlySpan<char> code) =>
        language switch
        {
            "json" => JsonGate.Parses(Encoding.UTF8.GetBytes(code.Trim().ToString())),
            "xml" => ParsesXml(code),
            _ => CodeLexer.Holds(CodeLanguages.SyntaxOf(language), code),
        };

    private static bool ParsesXml(ReadOnlySpan<char> code)
    {
        // No document type, so nothing is fetched or expanded.
        var settings = new XmlReaderSettings
        {
            DtdProcessing = DtdProcessing.Prohibit,
            XmlResolver = null,
            MaxCharactersInDocument = 1 << 18,
        };
        try
        {
            using var reader = XmlReader.Create(new StringReader(code.Trim().ToString()), settings);
            var any = false;
            while (reader.Read())
            {
                any |= reader.NodeType == XmlNodeType.Element;
            }

            return any;
        }
        catch (XmlException)
        {
            return false;
        }
    }
}
