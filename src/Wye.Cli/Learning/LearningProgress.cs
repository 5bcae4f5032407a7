using System.Globalization;
using Spectre.Console;

namespace Wye.Cli.Learning;

/// <summary>Progress of long work on standard error: a bar on a terminal, a line per step otherwise.</summary>
internal static class LearningProgress
{
    /// <summary>Runs work that calls its argument when a step begins, with the step's name.</summary>
    public static T Run<T>(CliContext context, int steps, Func<Action<string>, T> work) =>
        RunAsync(context, steps, step => Task.FromResult(work(step))).GetAwaiter().GetResult();

    /// <summary>Runs work over folds that calls its argument as each is done.</summary>
    public static T Folds<T>(CliContext context, int folds, string doing, Func<Action<int>, T> work) =>
        Run(
            context,
            folds,
            step =>
            {
                Begin(0);
                return work(done => Begin(done + 1));
                void Begin(int fold)
                {
                    if (fold < folds)
                        step(string.Create(CultureInfo.InvariantCulture, $"{doing} fold {fold + 1} of {folds}"));
                }
            }
        );

    /// <summary>The same for work that waits.</summary>
    public static async Task<T> RunAsync<T>(CliContext context, int steps, Func<Action<string>, Task<T>> work)
    {
        if (!context.Terminal.Rich)
        {
            int begun = 0;
            return await work(step => context.Terminal.Warn($"{++begun}/{Math.Max(begun, steps)} {step}"));
        }

        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Terminal.Error) }
        );
        T result = default!;
        await console
            .Progress()
            .AutoClear(true)
            .StartAsync(async progress =>
            {
                ProgressTask task = progress.AddTask("read", maxValue: steps);
                bool first = true;
                result = await work(step =>
                {
                    if (!first)
                        task.Increment(1);
                    first = false;
                    task.Description = Markup.Escape(step);
                });
                task.Value = task.MaxValue;
            });
        return result;
    }
}
