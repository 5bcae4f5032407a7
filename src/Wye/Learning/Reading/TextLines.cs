using System.Text;
using System.Text.Unicode;

namespace Wye.Learning.Reading;

/// <summary>Reads the lines of a text file, and says where one is no text.</summary>
internal static class TextLines
{
    private static readonly UTF8Encoding s_strict = new(
        encoderShouldEmitUTF8Identifier: false,
        throwOnInvalidBytes: true
    );

    /// <summary>The lines, one after the other. A byte order mark names another encoding; without one it is UTF-8.</summary>
    /// <exception cref="InvalidDataException">The bytes are of another encoding; names the line.</exception>
    public static IEnumerable<string> Read(string file)
    {
        using var reader = new StreamReader(file, s_strict, detectEncodingFromByteOrderMarks: true);
        while (Next(reader, file) is { } line)
            yield return line;
    }

    private static string? Next(StreamReader reader, string file)
    {
        try
        {
            return reader.ReadLine();
        }
        catch (DecoderFallbackException fault)
        {
            throw new InvalidDataException(
                $"{file}, line {BrokenLine(file)}: these bytes are no UTF-8. Save the file as UTF-8.",
                fault
            );
        }
    }

    // The reader decodes ahead: only the bytes tell which line it was.
    private static int BrokenLine(string file)
    {
        ReadOnlySpan<byte> rest = File.ReadAllBytes(file);
        int line = 1;
        for (int end = rest.IndexOf((byte)'\n'); end >= 0 && Utf8.IsValid(rest[..end]); end = rest.IndexOf((byte)'\n'))
        {
            rest = rest[(end + 1)..];
            line++;
        }

        return line;
    }
}
