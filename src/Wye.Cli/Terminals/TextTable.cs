using Spectre.Console;

namespace Wye.Cli.Terminals;

/// <summary>Rows under headers. A header that ends in <c>&gt;</c> is written without it and its column stands right.</summary>
internal sealed class TextTable(params string[] headers)
{
    private readonly List<string[]> _rows = [];

    /// <summary>Rows so far.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Rows => _rows;

    /// <summary>Adds a row; one cell per header.</summary>
    public TextTable Add(params string[] cells)
    {
        if (cells.Length != headers.Length)
        {
            throw new ArgumentException($"{cells.Length} cells for {headers.Length} columns.", nameof(cells));
        }

        _rows.Add(cells);
        return this;
    }

    /// <summary>Columns padded to their widest cell, two spaces apart, nothing drawn.</summary>
    public void WritePlain(TextWriter writer)
    {
        var widths = new int[headers.Length];
        for (var column = 0; column < headers.Length; column++)
        {
            widths[column] = _rows.Select(row => row[column].Length).Append(Name(column).Length).Max();
        }

        WriteRow(writer, [.. headers.Select((_, column) => Name(column))], widths);
        foreach (var row in _rows)
        {
            WriteRow(writer, row, widths);
        }
    }

    /// <summary>The table as it is drawn on a terminal.</summary>
    public Table Drawn()
    {
        var table = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey);
        for (var column = 0; column < headers.Length; column++)
        {
            var drawn = new TableColumn($"[bold]{Markup.Escape(Name(column))}[/]");
            table.AddColumn(Right(column) ? drawn.RightAligned().NoWrap() : drawn);
        }

        foreach (var row in _rows)
        {
            table.AddRow([.. row.Select(Markup.Escape)]);
        }

        return table;
    }

    private void WriteRow(TextWriter writer, string[] cells, int[] widths)
    {
        var padded = cells.Select(
            (cell, column) => Right(column) ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])
        );
        writer.WriteLine(string.Join("  ", padded).TrimEnd());
    }

    private string Name(int column) => headers[column].TrimEnd('>');

    private bool Right(int column) => headers[column].EndsWith('>');
}
