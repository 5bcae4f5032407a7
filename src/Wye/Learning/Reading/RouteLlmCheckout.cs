using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;

namespace Wye.Learning.Reading;

/// <summary>Reads the evaluation files of a RouteLLM checkout: MMLU, GSM8K and MT-Bench, whichever are there.</summary>
/// <remarks>
/// Layout of lm-sys/RouteLLM: <c>routellm/evals/mmlu/responses/mmlu_SUBJECT.csv</c> and <c>routellm/evals/gsm8k/gsm8k_responses.csv</c>
/// (column <c>prompt</c>, then per model True or False; <c>MODEL_response</c> is not read),
/// <c>routellm/evals/mt_bench/question.jsonl</c> with <c>judgements.jsonl</c> (scores 1..10 per turn; the mean of both, over
/// ten, is the quality; routing sees the first turn only), <c>contaminated_prompts.jsonl</c> in each (left out).
/// </remarks>
internal static class RouteLlmCheckout
{
    /// <summary>The benchmarks found, each as a set.</summary>
    /// <exception cref="InvalidDataException">None is there, or a file is malformed; the message names file and line.</exception>
    public static IReadOnlyList<LabelledSet> Read(string path)
    {
        string? evals = new[]
        {
            Path.Combine(path, "routellm", "evals"),
            Path.Combine(path, "evals"),
            path,
        }.FirstOrDefault(p => Directory.Exists(p) && Benchmarks(p).Any());
        if (evals is null)
            throw new InvalidDataException(
                $"'{path}' is no RouteLLM checkout: there is neither routellm/evals/mmlu/responses/*.csv nor routellm/evals/gsm8k/gsm8k_responses.csv nor routellm/evals/mt_bench/judgements.jsonl."
            );
        return [.. Benchmarks(evals)];
    }

    private static IEnumerable<LabelledSet> Benchmarks(string evals)
    {
        string mmlu = Path.Combine(evals, "mmlu", "responses");
        string[] subjects = Directory.Exists(mmlu)
            ? [.. Directory.GetFiles(mmlu, "mmlu_*.csv").Order(StringComparer.Ordinal)]
            : [];
        if (subjects.Length > 0)
            yield return Answers("mmlu", subjects, Contaminated(Path.Combine(evals, "mmlu")));
        string gsm = Path.Combine(evals, "gsm8k", "gsm8k_responses.csv");
        if (File.Exists(gsm))
            yield return Answers("gsm8k", [gsm], Contaminated(Path.Combine(evals, "gsm8k")));
        string judgements = Path.Combine(evals, "mt_bench", "judgements.jsonl");
        if (File.Exists(judgements))
            yield return MtBench(Path.Combine(evals, "mt_bench"), judgements);
    }

    private static LabelledSet Answers(string benchmark, string[] files, HashSet<string> contaminated)
    {
        var table = new SetBuilder();
        foreach (string file in files)
        {
            string stem = Path.GetFileNameWithoutExtension(file);
            string task = stem.StartsWith("mmlu_", StringComparison.Ordinal) ? stem[5..] : benchmark;
            using var reader = new StreamReader(file);
            string[]? header = null;
            foreach (var (line, fields) in CsvRecords.Read(reader, file))
            {
                if (header is null)
                {
                    header = fields;
                    if (Array.IndexOf(header, "prompt") < 0)
                        throw new InvalidDataException($"{file}: column 'prompt' is missing.");
                    continue;
                }

                if (fields.Length != header.Length)
                    throw new InvalidDataException(
                        $"{file}, line {line}: {fields.Length} fields where the header has {header.Length}."
                    );
                string prompt = fields[Array.IndexOf(header, "prompt")];
                if (contaminated.Contains(prompt))
                    continue;
                int query = table.Add(
                    $"{benchmark}/{task}/{line.ToString(CultureInfo.InvariantCulture)}",
                    task,
                    prompt
                );
                for (int c = 0; c < header.Length; c++)
                {
                    if (header[c] is not "prompt" && !header[c].EndsWith("_response", StringComparison.Ordinal))
                        table.Score(query, header[c], Verdict(fields[c], file, line, header[c]));
                }
            }
        }

        return table.Build($"routellm_{benchmark}", files);
    }

    private static float Verdict(string field, string file, int line, string column) =>
        bool.TryParse(field, out bool right)
            ? right
                ? 1
                : 0
            : float.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out float score)
            && score is >= 0 and <= 1
                ? score
                : throw new InvalidDataException(
                    $"{file}, line {line}: '{field}' in column '{column}' is neither True nor False."
                );

    private static LabelledSet MtBench(string folder, string judgements)
    {
        string questions = Path.Combine(folder, "question.jsonl");
        if (!File.Exists(questions))
            throw new InvalidDataException(
                $"'{questions}' does not exist. Copy MT-Bench's question.jsonl there, as RouteLLM's own harness needs it too."
            );
        HashSet<string> contaminated = Contaminated(folder);
        var table = new SetBuilder();
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (id, task, turns) in Lines(questions, Question))
        {
            if (turns.Length > 0 && !turns.Any(contaminated.Contains))
                numbers[id] = table.Add($"mt_bench/{id}", task, turns[0]);
        }

        var sums = new Dictionary<(int Query, string Model), (double Sum, int Count)>();
        foreach (var (id, model, score) in Lines(judgements, Judgement))
        {
            // FastChat writes −1 for a judgement without a rating.
            if (score < 0 || !numbers.TryGetValue(id, out int query))
                continue;
            var (sum, count) = sums.GetValueOrDefault((query, model));
            sums[(query, model)] = (sum + score, count + 1);
        }

        foreach (var ((query, model), (sum, count)) in sums)
            table.Score(query, model, (float)(sum / count / 10));
        return table.Build("routellm_mt_bench", [questions, judgements]);
    }

    private static HashSet<string> Contaminated(string folder)
    {
        string file = Path.Combine(folder, "contaminated_prompts.jsonl");
        return File.Exists(file)
            ? Lines(file, line => line.GetProperty("eval_prompt").GetString() ?? "").ToHashSet(StringComparer.Ordinal)
            : [];
    }

    private static (string Id, string Task, string[] Turns) Question(JsonElement line) =>
        (
            line.GetProperty("question_id").GetRawText(),
            line.TryGetProperty("category", out JsonElement category) ? category.GetString() ?? "mt_bench" : "mt_bench",
            [.. line.GetProperty("turns").EnumerateArray().Select(t => t.GetString() ?? "")]
        );

    private static (string Id, string Model, double Score) Judgement(JsonElement line) =>
        line.GetProperty("score").GetDouble() is var score and <= 10
            ? (line.GetProperty("question_id").GetRawText(), line.GetProperty("model").GetString() ?? "", score)
            : throw new JsonException("the score is above 10");

    private static IEnumerable<T> Lines<T>(string file, Func<JsonElement, T> read)
    {
        int number = 0;
        foreach (string line in TextLines.Read(file))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            T found;
            try
            {
                using var json = JsonDocument.Parse(line);
                found = read(json.RootElement);
            }
            // A field is missing, or is of another kind than MT-Bench writes.
            catch (Exception fault)
                when (fault is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new InvalidDataException(
                    $"{LineFault.Place(file, number, fault)} cannot be read as a line of RouteLLM's: {LineFault.Words(fault)}",
                    fault
                );
            }

            yield return found;
        }
    }

    private sealed class SetBuilder
    {
        private readonly List<LabelledQuery> _queries = [];
        private readonly List<(int Query, string Model, float Score)> _scores = [];

        public int Add(string id, string task, string prompt)
        {
            _queries.Add(new LabelledQuery(id, task, task, prompt, "", "", QuestionKey.Of(prompt)));
            return _queries.Count - 1;
        }

        public void Score(int query, string model, float score) => _scores.Add((query, model, score));

        public LabelledSet Build(string name, string[] files)
        {
            string[] models =
            [
                .. _scores.Select(s => s.Model).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal),
            ];
            int size = _queries.Count * models.Length;
            float[] scores = new float[size];
            double[] costs = new double[size];
            float[] tokens = new float[size];
            Array.Fill(scores, float.NaN);
            Array.Fill(costs, double.NaN);
            Array.Fill(tokens, float.NaN);
            foreach (var (query, model, score) in _scores)
                scores[(query * models.Length) + Array.BinarySearch(models, model, StringComparer.Ordinal)] = score;
            return new LabelledSet
            {
                Name = name,
                Queries = _queries,
                Models = models,
                Scores = scores,
                Costs = costs,
                OutputTokens = tokens,
                Hash = Hash(files),
            };
        }

        private static string Hash(string[] files)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (string file in files)
                hash.AppendData(SHA256.HashData(File.ReadAllBytes(file)));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }
}
