using System.Globalization;
using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>Reads the embedded tables: comma-separated, no quoting, <c>#</c> comments, one header line.</summary>
/// <remarks>A broken table is a fault of the build, so it throws and names the file and line.</remarks>
internal sealed class CatalogTable
{
    private readonly string _file;
    private readonly string[] _header;
    private readonly List<(int Line, string[] Cells)> _rows = [];

    public CatalogTable(string file, string text)
    {
        _file = file;
        string[]? header = null;
        var number = 0;
        foreach (var line in text.Split('\n'))
        {
            number++;
            var trimmed = line.TrimEnd('\r');
            if (trimmed.Length == 0 || trimmed[0] == '#')
            {
                continue;
            }

            var cells = trimmed.Split(',');
            if (header is null)
            {
                header = cells;
            }
            else if (cells.Length == header.Length)
            {
                _rows.Add((number, cells));
            }
            else
            {
                throw new InvalidDataException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file}:{number}: {cells.Length} cells, the header has {header.Length}."
                    )
                );
            }
        }

        _header = header ?? throw new InvalidDataException($"{file}: no header line.");
    }

    /// <summary>Opens an embedded table of this folder.</summary>
    public static CatalogTable Embedded(string file)
    {
        using var stream =
            typeof(CatalogTable).Assembly.GetManifestResourceStream($"Wye.Catalog.{file}")
            ?? throw new InvalidDataException($"The table '{file}' is not embedded.");
        using var reader = new StreamReader(stream);
        return new CatalogTable(file, reader.ReadToEnd());
    }

    public IEnumerable<T> Select<T>(Func<Row, T> map) =>
        _rows.Select(row =>
        {
            try
            {
                return map(new Row(this, row.Cells));
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException or InvalidDataException)
            {
                throw new InvalidDataException(
                    string.Create(CultureInfo.InvariantCulture, $"{_file}:{row.Line}: {fault.Message}"),
                    fault
                );
            }
        });

    internal readonly struct Row(CatalogTable table, string[] cells)
    {
        /// <summary>A cell; null when empty.</summary>
        public string? Text(string column)
        {
            var index = Array.IndexOf(table._header, column);
            return index < 0 ? throw new InvalidDataException($"no column '{column}'.")
                : cells[index].Length == 0 ? null
                : cells[index];
        }

        /// <summary>A cell that must not be empty.</summary>
        public string Required(string column) =>
            Text(column) ?? throw new InvalidDataException($"'{column}' is empty.");

        public string[] List(string column, char separator) => Text(column)?.Split(separator) ?? [];

        public int Count(string column) => int.Parse(Required(column), NumberStyles.None, CultureInfo.InvariantCulture);

        public DateOnly? Day(string column) =>
            Text(column) is { } text ? DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null;

        /// <summary>The four price columns; null when input and output are empty.</summary>
        public Price? Price() =>
            (Money("input"), Money("output")) switch
            {
                (null, null) => null,
                ({ } input, { } output) => new Price(input, output, Money("cache_read"), Money("cache_write")),
                _ => throw new InvalidDataException("input and output price go together."),
            };

        /// <summary>A price in USD per 1,000,000 tokens; null when empty.</summary>
        public Usd? Money(string column) =>
            Text(column) is { } text
                ? Usd.PerMillionTokens(
                    decimal.Parse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
                )
                : null;
    }
}
