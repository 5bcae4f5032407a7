using System.Text.Json;
using Wye.Learning.Evaluation;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Routers;

namespace Wye.Learning.Cascades;

/// <summary>Questions with the text and the score of a weak model's answer, and the score of a strong model's.</summary>
internal sealed class AnsweredSet
{
    /// <summary>Where it comes from.</summary>
    public required LabelledSet Source { get; init; }

    /// <summary>Rows of <see cref="Source"/> that have all three.</summary>
    public required int[] Rows { get; init; }

    /// <summary>The weak model's answers, per row.</summary>
    public required string[] Answers { get; init; }

    /// <summary>Score of the weak answer, 0..1, per row.</summary>
    public required float[] Weak { get; init; }

    /// <summary>Score of the strong answer, 0..1, per row; equals <see cref="Weak"/> when no strong model was asked for.</summary>
    public required float[] Strong { get; init; }

    /// <summary>Normalised question, per row.</summary>
    public string Key(int row) => Source.Queries[Rows[row]].Key;

    /// <summary>The question, per row.</summary>
    public string Prompt(int row) => Source.Queries[Rows[row]].Prompt;

    /// <summary>The rows whose question a gate was not trained on.</summary>
    public AnsweredSet Unseen(LearnedGate gate)
    {
        int[] kept =
        [
            .. Enumerable
                .Range(0, Rows.Length)
                .Where(i => Array.BinarySearch(gate.TrainedQuestions, Folds.HashOf(Key(i))) < 0),
        ];
        return new AnsweredSet
        {
            Source = Source,
            Rows = Array.ConvertAll(kept, i => Rows[i]),
            Answers = Array.ConvertAll(kept, i => Answers[i]),
            Weak = Array.ConvertAll(kept, i => Weak[i]),
            Strong = Array.ConvertAll(kept, i => Strong[i]),
        };
    }

    /// <summary>Reads a folder with <c>responses.jsonl</c>.</summary>
    /// <param name="folder">The labelled set.</param>
    /// <param name="weak">The model whose answers are judged.</param>
    /// <param name="strong">The model that refused questions go to; null = none.</param>
    /// <exception cref="InvalidDataException">A file or a model is missing; the message names it.</exception>
    public static AnsweredSet Read(string folder, string weak, string? strong)
    {
        LabelledSet set = LabelledSetReader.Read(folder);
        int w = UnknownModel.Column(set, weak);
        int s = strong is null ? w : UnknownModel.Column(set, strong);
        Dictionary<string, string> said = ReadAnswers(Path.Combine(folder, "responses.jsonl"), weak);
        int[] rows =
        [
            .. Enumerable
                .Range(0, set.Queries.Count)
                .Where(i =>
                    !float.IsNaN(set.Score(i, w))
                    && !float.IsNaN(set.Score(i, s))
                    && said.ContainsKey(set.Queries[i].Id)
                ),
        ];
        if (rows.Length < 50)
            throw new InvalidDataException(
                $"{folder}: {rows.Length} questions have a scored answer of '{weak}'; at least 50 are needed."
            );
        return new AnsweredSet
        {
            Source = set,
            Rows = rows,
            Answers = [.. rows.Select(i => said[set.Queries[i].Id])],
            Weak = [.. rows.Select(i => set.Score(i, w))],
            Strong = [.. rows.Select(i => set.Score(i, s))],
        };
    }

    /// <summary>Models with answers in the set's <c>responses.jsonl</c>; empty = there is no such file.</summary>
    public static IReadOnlyList<string> ModelsIn(string folder)
    {
        string file = Path.Combine(folder, "responses.jsonl");
        var models = new SortedSet<string>(StringComparer.Ordinal);
        if (File.Exists(file))
            Lines(file, (_, model, _) => models.Add(model));
        return [.. models];
    }

    private static Dictionary<string, string> ReadAnswers(string file, string model)
    {
        if (!File.Exists(file))
            throw new InvalidDataException(
                $"'{file}' does not exist. Gates are trained and measured on sets with the models' answers."
            );
        var said = new Dictionary<string, string>(StringComparer.Ordinal);
        Lines(
            file,
            (id, name, text) =>
            {
                if (string.Equals(name, model, StringComparison.Ordinal) && !said.TryAdd(id, text))
                    throw new JsonException($"the answer of '{name}' to '{id}' stands twice. Keep one.");
            }
        );
        return said;
    }

    private static void Lines(string file, Action<string, string, string> take)
    {
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
                take(Text(root, "query_id"), Text(root, "model"), Text(root, "response"));
            }
            catch (Exception e) when (e is JsonException or InvalidOperationException)
            {
                throw LineFault.Of(file, number, e);
            }
        }
    }

    private static string Text(JsonElement root, string name) =>
        root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()!
            : throw new JsonException($"'{name}' is missing or no text");
}
