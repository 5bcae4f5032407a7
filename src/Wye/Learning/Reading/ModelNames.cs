namespace Wye.Learning.Reading;

/// <summary>What a set calls a model, and what the model is called here: one model, one name over all sets.</summary>
/// <remarks>A file of three columns: set, model, name. An empty name drops the answers of that column.</remarks>
internal sealed class ModelNames
{
    private const int MostNamed = 3;

    private readonly Dictionary<(string Set, string Model), string> _names = [];
    private readonly Dictionary<(string Set, string Model), int> _lines = [];
    private readonly string _file;

    private ModelNames(string file) => _file = file;

    /// <summary>Reads the file.</summary>
    /// <exception cref="InvalidDataException">A line is malformed, or names a model twice.</exception>
    public static ModelNames Read(string file)
    {
        var names = new ModelNames(file);
        int number = 0;
        foreach (string line in TextLines.Read(file))
        {
            number++;
            if (line.Length == 0 || line[0] == '#' || (number == 1 && line == "set,model,name"))
                continue;
            string[] fields = CsvLine.Split(line);
            if (fields.Length != 3)
                throw new InvalidDataException($"{file}, line {number}: write it as set,model,name.");
            if (!names._names.TryAdd((fields[0], fields[1]), fields[2]))
                throw new InvalidDataException(
                    $"{file}, line {number}: model '{fields[1]}' of set '{fields[0]}' is named twice."
                );
            names._lines.Add((fields[0], fields[1]), number);
        }

        return names;
    }

    /// <summary>Says which lines match no model of these sets; null = each matches one.</summary>
    /// <remarks>
    /// One file may serve many sets: lines of sets that are not here count as lost only while a set that is here has none, for
    /// then its name may be misspelt.
    /// </remarks>
    public string? Unmatched(IReadOnlyList<LabelledSet> sets)
    {
        HashSet<(string, string)> there = [.. sets.SelectMany(set => set.Models.Select(model => (set.Name, model)))];
        HashSet<string> here = [.. sets.Select(set => set.Name)];
        bool named = here.IsSubsetOf(_lines.Keys.Select(line => line.Set));
        var lost = _lines
            .Where(line => !there.Contains(line.Key) && (!named || here.Contains(line.Key.Set)))
            .OrderBy(line => line.Value)
            .ToArray();
        if (lost.Length == 0)
            return null;
        var shown = lost.Take(MostNamed).Select(line => $"line {line.Value} ({line.Key.Set},{line.Key.Model})");
        string more = lost.Length > MostNamed ? $" and {lost.Length - MostNamed} more" : "";
        string match = lost.Length == 1 ? "matches" : "match";
        return $"{_file}: {string.Join(", ", shown)}{more} {match} no model of the sets {string.Join(", ", sets.Select(set => set.Name))}. A line is set,model,name as the set and its results.csv are called.";
    }

    /// <summary>The set with its models renamed; models the file does not name keep theirs.</summary>
    /// <exception cref="InvalidDataException">Two columns would have one name.</exception>
    public LabelledSet Apply(LabelledSet set)
    {
        var kept = set
            .Models.Select((model, column) => (Name: _names.GetValueOrDefault((set.Name, model), model), column))
            .Where(m => m.Name.Length > 0)
            .OrderBy(m => m.Name, StringComparer.Ordinal)
            .ToArray();
        for (int m = 1; m < kept.Length; m++)
        {
            if (kept[m].Name == kept[m - 1].Name)
                throw new InvalidDataException(
                    $"Set '{set.Name}': '{set.Models[kept[m - 1].column]}' and '{set.Models[kept[m].column]}' are both named '{kept[m].Name}'. Give one of them an empty name."
                );
        }

        int[] columns = Array.ConvertAll(kept, m => m.column);
        return new LabelledSet
        {
            Name = set.Name,
            Queries = set.Queries,
            Models = [.. kept.Select(m => m.Name)],
            Scores = Pick(set.Scores, set.Models.Count, columns),
            Costs = Pick(set.Costs, set.Models.Count, columns),
            OutputTokens = Pick(set.OutputTokens, set.Models.Count, columns),
            Hash = set.Hash,
        };
    }

    private static T[] Pick<T>(T[] cells, int width, int[] columns)
    {
        var picked = new T[cells.Length / width * columns.Length];
        for (int at = 0; at < picked.Length; at++)
            picked[at] = cells[(at / columns.Length * width) + columns[at % columns.Length]];
        return picked;
    }
}
