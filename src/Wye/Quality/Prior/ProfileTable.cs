using System.Globalization;

namespace Wye.Quality.Prior;

/// <summary>The built-in table of which measured models a newer one resembles. Immutable; read once from <c>profiles.csv</c>.</summary>
internal static class ProfileTable
{
    private const string Resource = "Wye.Quality.Prior.profiles.csv";

    /// <summary>One row.</summary>
    /// <param name="Pattern">Model, <c>*</c> = any letters; or <c>tier:NAME</c>.</param>
    /// <param name="Like">Measured models, the most alike first.</param>
    /// <param name="Raise">Log-odds.</param>
    internal sealed record Row(string Pattern, string[] Like, float Raise);

    /// <summary>Every row, in order.</summary>
    public static IReadOnlyList<Row> Rows { get; } = Read();

    /// <summary>The first row for a model; null = its family is not known.</summary>
    public static Row? Find(string model)
    {
        foreach (Row row in Rows)
        {
            if (Fits(row.Pattern, model))
                return row;
        }

        return null;
    }

    /// <summary>The row of a tier.</summary>
    public static Row OfTier(string tier) => Find($"tier:{tier}") ?? Find("tier:medium")!;

    private static bool Fits(ReadOnlySpan<char> pattern, ReadOnlySpan<char> name)
    {
        int star = pattern.IndexOf('*');
        if (star < 0)
            return pattern.SequenceEqual(name);
        if (!name.StartsWith(pattern[..star], StringComparison.Ordinal))
            return false;
        ReadOnlySpan<char> rest = pattern[(star + 1)..];
        for (int i = star; i <= name.Length; i++)
        {
            if (Fits(rest, name[i..]) || rest.IsEmpty)
                return true;
        }

        return false;
    }

    private static List<Row> Read()
    {
        using Stream stream =
            typeof(ProfileTable).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidDataException($"The table '{Resource}' is not embedded.");
        using var reader = new StreamReader(stream);
        var rows = new List<Row>();
        bool header = true;
        while (reader.ReadLine() is { } line)
        {
            if (line.Length == 0 || line[0] == '#')
                continue;
            string[] cells = line.Split(',');
            if (header)
            {
                header = false;
                continue;
            }

            rows.Add(new Row(cells[0], cells[1].Split('|'), float.Parse(cells[2], CultureInfo.InvariantCulture)));
        }

        return rows;
    }
}
