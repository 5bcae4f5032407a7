using Spectre.Console;

namespace Wye.Cli.Learning;

/// <summary>Progress of long work on standard error: a bar on a terminal, a line per step otherwise.</summary>
internal static class LearningProgress
{
    /// <summary>Runs work that calls its argument when a step begins, with the step's name.</summary>
    public static T Run<T>(CliContext context, int steps, Func<Action<string>, T> work)
    {
        if (!context.Terminal.Rich)
        {
            int begun = 0;
            return work(step => context.Terminal.Warn($"{++begun}/{Math.Max(begun, steps)} {step}"));
        }

        IAnsiConsole console = AnsiConsole.Create(
            new AnsiConsoleSettings { Out = new AnsiConsoleOutput(context.Terminal.Error) }
        );
        T result = default!;
        console
            .Progress()
            .AutoClear(true)
            .Start(progress =>
            {
                ProgressTask task = progress.AddTask("read", maxValue: steps);
                bool first = true;
                result = work(step =>
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
