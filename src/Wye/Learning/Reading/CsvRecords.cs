using System.Text;

namespace Wye.Learning.Reading;

/// <summary>Reads comma-separated values whose quoted fields may run over several lines (RFC 4180).</summary>
internal static class CsvRecords
{
    /// <summary>Records one after the other, with the line each begins on.</summary>
    /// <exception cref="InvalidDataException">A quoted field is not closed.</exception>
    public static IEnumerable<(int Line, string[] Fields)> Read(TextReader reader, string file)
    {
        var record = new StringBuilder();
        int number = 0;
        int begun = 1;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (record.Length > 0)
                record.Append('\n');
            else if (line.Length == 0)
                continue;
            else
                begun = number;
            record.Append(line);
            // An odd number of quotes so far: the line break belongs to a field.
            if (Quotes(record) % 2 == 1)
                continue;
            yield return (begun, CsvLine.Split(record.ToString()));
            record.Clear();
        }

        if (record.Length > 0)
            throw new InvalidDataException($"{file}, line {begun}: a quoted field is not closed.");
    }

    private static int Quotes(StringBuilder text)
    {
        int quotes = 0;
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks())
            quotes += chunk.Span.Count('"');
        return quotes;
    }
}
