using System.Text;

namespace Wye.Cli.Reports;

/// <summary>Reads comma-separated records with quotes (RFC 4180); semicolons and tabs too, by what the first line has most of.</summary>
internal static class Csv
{
    public static List<(int Line, List<string> Fields)> Read(string text)
    {
        var separator = Separator(text);
        var records = new List<(int, List<string>)>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var (line, start, quoted) = (1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            line += c == '\n' ? 1 : 0;
            if (quoted)
            {
                if (c != '"')
                {
                    field.Append(c);
                }
                else if (i + 1 < text.Length && text[i + 1] == '"')
                {
                    field.Append('"');
                    i++;
                }
                else
                {
                    quoted = false;
                }
            }
            else if (c == '"' && field.Length == 0)
            {
                quoted = true;
            }
            else if (c == separator)
            {
                Next();
            }
            else if (c == '\n')
            {
                End();
                start = line;
            }
            else if (c != '\r')
            {
                field.Append(c);
            }
        }

        if (field.Length > 0 || fields.Count > 0)
        {
            End();
        }

        return records;

        void Next()
        {
            fields.Add(field.ToString());
            field.Clear();
        }

        void End()
        {
            Next();
            records.Add((start, fields));
            fields = [];
        }
    }

    private static char Separator(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        return ",;\t".MaxBy(candidate => first.Count(c => c == candidate));
    }
}
