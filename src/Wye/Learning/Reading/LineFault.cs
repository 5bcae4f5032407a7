using System.Globalization;
using System.Text.Json;

namespace Wye.Learning.Reading;

/// <summary>Says where a line of a file of JSON lines cannot be read.</summary>
internal static class LineFault
{
    private const string ParserPosition = " LineNumber: ";

    /// <summary>The file, the line, the byte in it where the parser tells, and what is wrong there.</summary>
    /// <param name="file">The file.</param>
    /// <param name="line">Number of the line, from 1 on.</param>
    /// <param name="fault">What was met.</param>
    public static InvalidDataException Of(string file, int line, Exception fault) =>
        new($"{Place(file, line, fault)}: {Words(fault)}", fault);

    /// <summary>"file, line 2, byte 7".</summary>
    public static string Place(string file, int line, Exception fault) =>
        fault is JsonException { BytePositionInLine: { } at }
            ? string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}, byte {at + 1}")
            : string.Create(CultureInfo.InvariantCulture, $"{file}, line {line}");

    /// <summary>What is wrong, without the parser's own position: it was given one line, and counts from 0.</summary>
    public static string Words(Exception fault) =>
        fault is JsonException && fault.Message.LastIndexOf(ParserPosition, StringComparison.Ordinal) is var at and > 0
            ? fault.Message[..at]
            : fault.Message;
}
