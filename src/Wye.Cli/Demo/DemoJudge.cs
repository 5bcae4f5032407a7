using Wye.Simulator;
using Wye.Simulator.Answers;

namespace Wye.Cli.Demo;

/// <summary>Plays the model that sorts requests: it sees their true difficulty, but is one class off for every fifth of them.</summary>
internal static class DemoJudge
{
    private const string Asked = "Difficulty (1, 2 or 3):";
    private const int EveryNthWrong = 5;

    /// <summary>Scripts every model; other questions are answered as usual.</summary>
    public static void Play(SimulatorServer simulator) =>
        simulator.Answers.Script(
            AnswerScripts.AnyModel,
            call => call.Prompt.EndsWith(Asked, StringComparison.Ordinal) ? Say(simulator, Inner(call.Prompt)) : null
        );

    private static SimulatedAnswer Say(SimulatorServer simulator, string request)
    {
        var difficulty = simulator.Truth.Difficulty(request);
        var label =
            difficulty < 0.5 ? 1
            : difficulty < 0.75 ? 2
            : 3;
        label = Sum(request) % EveryNthWrong == 0 ? (label == 1 ? 2 : label - 1) : label;
        return SimulatedAnswer.Of(label.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    // The request stands between two tag lines.
    private static string Inner(string prompt)
    {
        var start = prompt.IndexOf('\n', StringComparison.Ordinal) + 1;
        var end = prompt.LastIndexOf("\n</request-", StringComparison.Ordinal);
        return end > start ? prompt[start..end] : prompt;
    }

    private static int Sum(string text) => text.Sum(letter => letter);
}
