using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Wye.Learning.Reading;

/// <summary>Reads a folder of <c>queries.jsonl</c> and <c>results.csv</c>.</summary>
internal static class LabelledSetReader
{
    // Dollars or tokens of one answer: more is a slip, and sums of much more are no numbers any more.
    private const double MostAmount = 1e9;

    /// <summary>Reads one folder.</summary>
    /// <exception cref="InvalidDataException">A file is missing or malformed; the message names file and line.</exception>
    public static LabelledSet Read(string folder)
    {
        string queriesFile = Path.Combine(folder, "queries.jsonl");
        string resultsFile = Path.Combine(folder, "results.csv");
        foreach (string file in (string[])[queriesFile, resultsFile])
        {
            if (!File.Exists(file))
                throw new InvalidDataException(
                    $"'{file}' does not exist. A labelled set is a folder with queries.jsonl and results.csv."
                );
        }

        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        List<LabelledQuery> queries = ReadQueries(queriesFile);
        return ReadResults(name, resultsFile, queries, HashOf(queriesFile, resultsFile));
    }

    private static List<LabelledQuery> ReadQueries(string file)
    {
        var queries = new List<LabelledQuery>();
        int number = 0;
        foreach (string line in TextLines.Read(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            try
            {
                using var json = JsonDocument.Parse(line);
                JsonElement root = json.RootElement;
                if (root.ValueKind != JsonValueKind.Object)
                    throw new JsonException("A line is one JSON object with query_id and prompt.");
                string prompt = Text(root, "prompt") ?? throw new JsonException("'prompt' is missing or no text");
                string id = Text(root, "query_id") ?? throw new JsonException("'query_id' is missing or no text");
                string task = Text(root, "task") ?? Text(root, "dataset") ?? "";
                string? part = Text(root, "topic") ?? Text(root, "subject") ?? Text(root, "src") ?? Text(root, "size");
                string topic = part is null ? task : $"{task}/{part}";
                string tools = Tools(root, "tools") ?? Tools(root, "functions") ?? "";
                queries.Add(new LabelledQuery(id, task, topic, prompt, System(root), tools, QuestionKey.Of(prompt)));
            }
            // Half a surrogate pair is valid JSON, but no text.
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw LineFault.Of(file, number, e);
            }
        }

        return queries.Count > 0 ? queries : throw new InvalidDataException($"{file}: there are no questions in it.");
    }

    private static string? Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    // A router that was taught without what a request is served with would be taught something else.
    private static string System(JsonElement root) =>
        !root.TryGetProperty("system", out JsonElement value) || value.ValueKind == JsonValueKind.Null ? ""
        : value.ValueKind == JsonValueKind.String ? value.GetString()!
        : throw new JsonException("'system' is no text");

    private static string? Tools(JsonElement root, string name) =>
        !root.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
        : value.ValueKind == JsonValueKind.Array ? value.GetRawText()
        // Some sets leave out the brackets around a single tool.
        : value.ValueKind == JsonValueKind.Object ? $"[{value.GetRawText()}]"
        : throw new JsonException($"'{name}' is no list of tools");

    private static LabelledSet ReadResults(string name, string file, List<LabelledQuery> queries, string hash)
    {
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < queries.Count; i++)
        {
            if (!rows.TryAdd(queries[i].Id, i))
                throw new InvalidDataException(
                    $"{name}/queries.jsonl: query_id '{queries[i].Id}' stands twice. Ids must be unique."
                );
        }

        using IEnumerator<string> lines = TextLines.Read(file).GetEnumerator();
        string[] header = CsvLine.Split(lines.MoveNext() ? lines.Current : "");
        // Who writes a blank after each comma means it nowhere.
        bool padded = header.Any(name => name.Length != name.Trim().Length);
        if (padded)
            header = Array.ConvertAll(header, name => name.Trim());
        int idColumn = Required(header, "query_id", file);
        int modelColumn = Required(header, "model", file);
        int scoreColumn = Required(header, "score", file);
        int costColumn = First(header, "cost_usd", "cost_usd_est");
        int outColumn = First(header, "out_tokens", "out_tokens_est");
        var found = new List<(int Line, int Row, string Model, float Score, double Cost, float Out)>();
        var names = new SortedSet<string>(StringComparer.Ordinal);
        int number = 1;
        while (lines.MoveNext())
        {
            string line = lines.Current;
            number++;
            if (line.Length == 0)
                continue;
            string[] fields = CsvLine.Split(line);
            if (padded)
                fields = Array.ConvertAll(fields, field => field.Trim());
            if (fields.Length != header.Length)
                throw new InvalidDataException(
                    $"{file}, line {number}: {fields.Length} fields where the header has {header.Length}."
                );
            if (!rows.TryGetValue(fields[idColumn], out int row))
                continue;
            double score = Number(scoreColumn);
            if (score is < 0 or > 1)
                throw new InvalidDataException($"{file}, line {number}: score {score} is outside 0..1.");
            string model = string.IsInterned(fields[modelColumn]) ?? string.Intern(fields[modelColumn]);
            if (model.Length == 0)
                throw new InvalidDataException(
                    $"{file}, line {number}: model is empty. Write whose answer it is, or leave the line out."
                );
            names.Add(model);
            found.Add((number, row, model, (float)score, Amount(costColumn), (float)Amount(outColumn)));

            double Number(int column) =>
                column < 0 || fields[column].Length == 0 ? double.NaN
                : double.TryParse(fields[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
                    ? value
                : throw new InvalidDataException(
                    $"{file}, line {number}: {header[column]} '{fields[column]}' is no number. Write e.g. 0.25, or nothing where it is unknown."
                );
            double Amount(int column) =>
                Number(column) is var value and (double.NaN or >= 0 and <= MostAmount)
                    ? value
                    : throw new InvalidDataException(
                        $"{file}, line {number}: {header[column]} {fields[column]} is out of range. Write a number from 0 to {MostAmount:0}, or nothing where it is unknown."
                    );
        }

        if (found.Count == 0)
            throw new InvalidDataException(
                $"{file}: no line scores a question of queries.jsonl. Its query_id column must hold the query_ids that stand there."
            );
        string[] models = [.. names];
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int m = 0; m < models.Length; m++)
            columns[models[m]] = m;
        int size = queries.Count * models.Length;
        var set = new LabelledSet
        {
            Name = name,
            Queries = queries,
            Models = models,
            Scores = Missing<float>(size, float.NaN),
            Costs = Missing<double>(size, double.NaN),
            OutputTokens = Missing<float>(size, float.NaN),
            Hash = hash,
        };
        bool[] seen = new bool[size];
        foreach (var (line, row, model, score, cost, tokens) in found)
        {
            int at = (row * models.Length) + columns[model];
            if (seen[at])
                throw new InvalidDataException(
                    $"{file}, line {line}: the answer of '{model}' to '{queries[row].Id}' stands twice. Keep one, or write the mean of both."
                );
            seen[at] = true;
            set.Scores[at] = score;
            set.Costs[at] = cost;
            set.OutputTokens[at] = tokens;
        }

        return set;
    }

    private static T[] Missing<T>(int size, T value)
    {
        var cells = new T[size];
        Array.Fill(cells, value);
        return cells;
    }

    private static int First(string[] header, string name, string other) =>
        Array.IndexOf(header, name) is var at and >= 0 ? at : Array.IndexOf(header, other);

    private static int Required(string[] header, string name, string file) =>
        Array.IndexOf(header, name) is var at and >= 0
            ? at
            : throw new InvalidDataException(
                $"{file}: column '{name}' is missing. The header must name query_id, model and score."
            );

    private static string HashOf(params string[] files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in files)
        {
            using FileStream stream = File.OpenRead(file);
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
