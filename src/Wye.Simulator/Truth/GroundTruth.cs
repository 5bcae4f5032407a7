using System.Collections.Concurrent;
using System.Globalization;
using Wye.Simulator.Models;

namespace Wye.Simulator.Truth;

/// <summary>Which answers are right: a seeded draw from the difficulty of the prompt and the skill of the model.</summary>
/// <remarks>
/// P(correct) = 1 / (1 + exp(-12 · (skill - difficulty))). The draw is a function of (seed, model, normalised prompt): the same
/// question to the same model always ends the same way. The prompt is the text of the last user message. Thread-safe.
/// </remarks>
public sealed class GroundTruth
{
    private const double Slope = 12;
    private const int WrongAnswers = 4;

    private readonly ulong _seed;
    private readonly Dictionary<string, SimulatedModel> _models;
    private readonly ConcurrentDictionary<string, double> _difficulties = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _verdicts = new(StringComparer.Ordinal);
    private long _judged;
    private long _right;

    internal GroundTruth(SimulatorOptions options, Dictionary<string, SimulatedModel> models)
    {
        _seed = StableHash.Mix(options.Seed);
        _models = models;
        foreach (var (prompt, difficulty) in options.Difficulties)
        {
            SetDifficulty(prompt, difficulty);
        }
    }

    /// <summary>Share of right answers among those delivered and judged so far, 0..1; NaN before the first.</summary>
    public double Quality
    {
        get
        {
            var judged = Interlocked.Read(ref _judged);
            return judged == 0 ? double.NaN : (double)Interlocked.Read(ref _right) / judged;
        }
    }

    /// <summary>Rates a prompt; replaces an earlier rating.</summary>
    /// <param name="prompt">The text of the last user message; letter case and white space do not matter.</param>
    /// <param name="difficulty">0 (everyone knows) to 1.</param>
    public void SetDifficulty(string prompt, double difficulty)
    {
        ArgumentNullException.ThrowIfNull(prompt);
        if (difficulty is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(difficulty), difficulty, "A difficulty lies in 0..1.");
        }

        _difficulties[PromptKey.Of(prompt)] = difficulty;
    }

    /// <summary>The rating of the prompt, 0..1, or a noisy estimate when it was never rated.</summary>
    public double Difficulty(string prompt) => DifficultyOf(PromptKey.Of(prompt));

    /// <summary>P(the model answers the prompt correctly), 0..1.</summary>
    /// <exception cref="KeyNotFoundException">The Simulator does not play this model.</exception>
    public double ProbabilityCorrect(string model, string prompt) =>
        ProbabilityOf(Find(model).Skill, DifficultyOf(PromptKey.Of(prompt)));

    /// <summary>Whether the model answers the prompt correctly: what every call's first choice will show.</summary>
    /// <exception cref="KeyNotFoundException">The Simulator does not play this model.</exception>
    public bool IsCorrect(string model, string prompt) => Draw(Find(model), PromptKey.Of(prompt), 0).Correct;

    /// <summary>Whether the answer with this response id or request id was right; null: unknown id, or nobody can tell.</summary>
    public bool? WasCorrect(string id) => _verdicts.TryGetValue(id, out var correct) ? correct : null;

    internal double DifficultyOf(string key) =>
        _difficulties.TryGetValue(key, out var known) ? known : DifficultyEstimate.Of(_seed, key);

    internal static double ProbabilityOf(double skill, double difficulty) =>
        1 / (1 + Math.Exp(-Slope * (skill - difficulty)));

    /// <summary>The draw for one choice, and the answer it states; models that err may err alike.</summary>
    internal TruthDraw Draw(SimulatedModel model, string key, int choice)
    {
        var difficulty = DifficultyOf(key);
        var own = StableHash.Of(StableHash.Of(_seed + (ulong)choice, model.Name), key);
        var correct = StableHash.Unit(own) < ProbabilityOf(model.Skill, difficulty);
        var topic = StableHash.Of(_seed ^ 0xA115, key);
        var canonical = 100 + StableHash.Pick(topic, 9_900);
        var variant = correct ? 0 : 1 + StableHash.Pick(StableHash.Mix(own), WrongAnswers);
        return new TruthDraw(
            correct,
            difficulty,
            canonical + (variant * (1 + StableHash.Pick(StableHash.Mix(topic), 40))),
            variant,
            topic,
            StableHash.Mix(own ^ topic)
        );
    }

    internal void Record(string responseId, string requestId, bool correct)
    {
        _verdicts[responseId] = correct;
        _verdicts[requestId] = correct;
        Interlocked.Increment(ref _judged);
        if (correct)
        {
            Interlocked.Increment(ref _right);
        }
    }

    private SimulatedModel Find(string model) =>
        _models.TryGetValue(model, out var found)
            ? found
            : throw new KeyNotFoundException(
                string.Create(CultureInfo.InvariantCulture, $"The Simulator plays no model '{model}'.")
            );
}
