using System.Collections.Immutable;
using System.Globalization;
using Spectre.Console;
using Wye.Cli.Terminals;

namespace Wye.Cli.Demo;

/// <summary>Shows rows as they come: a live table on a terminal, a line each otherwise.</summary>
internal static class DemoScreen
{
    private const int TitleLength = 40;
    private const int LinesBesideTheTable = 9;
    private const int WidthOfTheOthers = 106;

    /// <summary>Runs <paramref name="send"/> and shows what it reports.</summary>
    public static async Task<ImmutableArray<DemoRow>> ShowAsync(
        Terminal terminal,
        int count,
        Func<Action<DemoRow>, Task<ImmutableArray<DemoRow>>> send
    )
    {
        if (!terminal.Rich)
        {
            terminal.Line(Line("prompt", "step kind", "model", "cost", "saved", "why"));
            return await send(row => terminal.Line(Line(row)));
        }

        var shown = new List<DemoRow>();
        ImmutableArray<DemoRow> rows = [];
        await terminal
            .Console.Live(new Text(""))
            .AutoClear(true)
            .StartAsync(async live =>
                rows = await send(row =>
                {
                    shown.Add(row);
                    var room = Math.Max(5, terminal.Console.Profile.Height - LinesBesideTheTable);
                    live.UpdateTarget(
                        new Rows(
                            Drawn(shown.Skip(shown.Count - room), WhyWidth(terminal)),
                            new Text($"{shown.Count} of {count} prompts answered, over HTTP, 4 at a time")
                        )
                    );
                })
            );
        terminal.Console.Write(Drawn(rows, int.MaxValue));
        return rows;
    }

    /// <summary>What the other columns leave: a row that wraps would push the live table off the screen.</summary>
    private static int WhyWidth(Terminal terminal) => Math.Max(12, terminal.Console.Profile.Width - WidthOfTheOthers);

    private static Table Drawn(IEnumerable<DemoRow> rows, int whyWidth)
    {
        var table = new TextTable("prompt", "step kind", "model", "why", "cost>", "saved>");
        foreach (var row in rows)
        {
            var why = row.Answer.Error ?? row.Answer.Why;
            table.Add(
                row.Prompt.Title(TitleLength),
                row.Facts?.StepKind ?? "–",
                row.Answer.Model,
                why.Length <= whyWidth ? why : why[..(whyWidth - 1)] + "…",
                Money.Text(row.Answer.Cost),
                Money.Text(row.Answer.Saved)
            );
        }

        return table.Drawn();
    }

    private static string Line(DemoRow row) =>
        Line(
            row.Prompt.Title(TitleLength),
            row.Facts?.StepKind ?? "–",
            row.Answer.Model,
            Money.Text(row.Answer.Cost),
            Money.Text(row.Answer.Saved),
            row.Answer.Error ?? row.Answer.Why
        );

    private static string Line(string prompt, string kind, string model, string cost, string saved, string why) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{prompt, -TitleLength}  {kind, -11}  {model, -17}  {cost, 9}  {saved, 9}  {why}"
        );
}
