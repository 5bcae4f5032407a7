using System.Globalization;
using System.Text.Json;
using Spectre.Console;
using Wye.Cli.Learning.Evaluations;
using Wye.Learning.Cascades;
using Wye.Learning.Evaluation;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning.Cascades;

/// <summary><c>wye eval --policy cascade</c>: what a cascade is worth on a set with answers.</summary>
/// <param name="Context">The command's surroundings.</param>
/// <param name="Pair">weak,strong.</param>
/// <param name="Plan">Folds and seed.</param>
/// <param name="Costs">USD per call of weak and strong; null = the set's, where it has them.</param>
/// <param name="Escalate">Share of answers refused, for the predictions and the costs.</param>
internal sealed record CascadeEval(
    CliContext Context,
    (string Weak, string Strong) Pair,
    SplitPlan Plan,
    (double Weak, double Strong)? Costs,
    double Escalate
)
{
    /// <summary>Measures, prints, and writes what was asked for.</summary>
    public int Run(string folder, LearnedGate? gate, string? json, string? predictions)
    {
        string? figures = json is null ? null : OutputFile.Check(Context, json);
        string? rows = predictions is null ? null : OutputFile.Check(Context, predictions);
        OutputFile.CheckApart(Context, ("--json", json), ("--predictions-out", predictions));
        AnsweredSet set = AnsweredSets.Read(LearningOptions.Folder(Context, folder), Pair.Weak, Pair.Strong);
        if (gate is not null)
            set = AnsweredSets.Unseen(set, gate, "Measure on other data.");
        PairDirection.Warn(Context.Terminal, set.Source.Name, Pair, (set.Weak.Average(), set.Strong.Average()));
        CascadeEvaluation found = LearningProgress.Folds(
            Context,
            Plan.Folds,
            gate is null ? "train and judge" : "judge",
            tick => CascadeEvaluation.Run(set, Plan.Folds, Plan.Seed, gate, tick)
        );
        bool[] escalated = CascadeEvaluation.Lowest(found.Score, Escalate);
        CascadeCosts? costs = CascadeCosts.Of(set, Pair, Costs, escalated);
        Print(found, costs, gate);
        if (figures is not null)
            OutputFile.Write(
                figures,
                stream => LearningOptions.WriteJson(stream, w => WriteJson(w, found, costs, gate))
            );
        if (rows is not null)
            OutputFile.Write(rows, stream => WritePredictions(stream, found, escalated));
        return ExitCodes.Ok;
    }

    private void Print(CascadeEvaluation found, CascadeCosts? costs, LearnedGate? gate)
    {
        IAnsiConsole console = Context.Terminal.Console;
        AnsweredSet set = found.Set;
        string scheme = gate is null
            ? FormattableString.Invariant($"{Plan.Folds} folds by question")
            : $"gate '{gate.Name}' on questions it was not trained on";
        console.MarkupLineInterpolated(
            CultureInfo.InvariantCulture,
            $"[bold]{set.Source.Name}[/]: cascade {Pair.Weak} ({set.Weak.Average():F3}) → {Pair.Strong} ({set.Strong.Average():F3}), {scheme}, n = {set.Rows.Length}; the weak call is paid for every question"
        );
        var table = new Table().AddColumns(
            "gate",
            "APGR",
            "CPT 50 %",
            "CPT 80 %",
            "avoided at 95 %",
            "AUROC",
            "wrong and accepted at 30 %"
        );
        CascadeFigures learned = found.Learned;
        table.AddRow(
            learned.Name,
            Escape(learned.Apgr),
            Escape(learned.Cpt50),
            Escape(learned.Cpt80),
            Escape(learned.Avoided),
            Escape(learned.Auroc),
            Escape(learned.FalseAccept)
        );
        console.Write(table);
        var points = new Table().AddColumns(
            "at",
            "escalated",
            "gap recovered",
            "quality",
            "wrong and accepted",
            "right and escalated"
        );
        foreach (GatePoint point in found.Points)
            points.AddRow(
                Markup.Escape(point.Name),
                Escape(point.Escalated),
                Escape(point.Recovered),
                Escape(point.Quality),
                Escape(point.FalseAccept),
                Escape(point.Wasted)
            );
        console.Write(points);
        console.MarkupLineInterpolated(
            $"{(costs is null ? "No costs are known: name them with --costs weak,strong in USD per call to see the break-even." : costs.ToString())}"
        );
    }

    private static string Escape(Figure figure) => Markup.Escape(figure.ToString());

    private void WriteJson(Utf8JsonWriter json, CascadeEvaluation found, CascadeCosts? costs, LearnedGate? gate)
    {
        json.WriteStartObject();
        json.WriteString("set", found.Set.Source.Name);
        json.WriteString("data_sha256", found.Set.Source.Hash);
        json.WriteString("policy", "cascade");
        json.WriteString("weak", Pair.Weak);
        json.WriteString("strong", Pair.Strong);
        if (gate is null)
            json.WriteNumber("folds", Plan.Folds);
        json.WriteNumber("seed", Plan.Seed);
        json.WriteNumber("count", found.Learned.Count);
        json.WriteNumber("weak_quality", found.Set.Weak.Average());
        json.WriteNumber("strong_quality", found.Set.Strong.Average());
        json.WriteStartObject("learned");
        EvalJson.Value(json, "apgr", found.Learned.Apgr);
        EvalJson.Value(json, "cpt50", found.Learned.Cpt50);
        EvalJson.Value(json, "cpt80", found.Learned.Cpt80);
        EvalJson.Value(json, "strong_calls_avoided_at_95_percent", found.Learned.Avoided);
        EvalJson.Value(json, "auroc", found.Learned.Auroc);
        EvalJson.Value(json, "wrong_and_accepted_at_30_percent", found.Learned.FalseAccept);
        json.WriteEndObject();
        json.WriteStartArray("points");
        foreach (GatePoint point in found.Points)
        {
            json.WriteStartObject();
            json.WriteString("name", point.Name);
            EvalJson.Value(json, "escalation_rate", point.Escalated);
            EvalJson.Value(json, "gap_recovered", point.Recovered);
            EvalJson.Value(json, "quality", point.Quality);
            EvalJson.Value(json, "false_accept", point.FalseAccept);
            EvalJson.Value(json, "wasted_escalation", point.Wasted);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (costs is not null)
        {
            json.WriteNumber("weak_usd", costs.Weak);
            json.WriteNumber("strong_usd", costs.Strong);
            json.WriteNumber("cascade_usd", costs.Cascade);
            json.WriteNumber("break_even", costs.BreakEven);
        }

        json.WriteEndObject();
    }

    private void WritePredictions(Stream stream, CascadeEvaluation found, bool[] escalated)
    {
        AnsweredSet set = found.Set;
        using var json = new Utf8JsonWriter(stream);
        for (int i = 0; i < set.Rows.Length; i++)
        {
            double weak = CascadeCosts.OfCall(set, i, Pair.Weak, Costs?.Weak);
            double strong = CascadeCosts.OfCall(set, i, Pair.Strong, Costs?.Strong);
            json.WriteStartObject();
            json.WriteString("query_id", set.Source.Queries[set.Rows[i]].Id);
            json.WriteString("chosen", escalated[i] ? Pair.Strong : Pair.Weak);
            Cost(json, weak + (escalated[i] ? strong : 0));
            json.WriteStartArray("attempts");
            json.WriteStartObject();
            json.WriteString("model", Pair.Weak);
            Cost(json, weak);
            json.WriteString("gate", found.Learned.Name);
            json.WriteNumber("score", Math.Round(Score(found.Score[i]), 6));
            json.WriteBoolean("pass", !escalated[i]);
            json.WriteEndObject();
            if (escalated[i])
            {
                json.WriteStartObject();
                json.WriteString("model", Pair.Strong);
                Cost(json, strong);
                json.WriteNull("gate");
                json.WriteNull("score");
                json.WriteBoolean("pass", value: true);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
            json.Flush();
            stream.WriteByte((byte)'\n');
            json.Reset();
        }
    }

    private static double Score(float logOdds) => 1 / (1 + Math.Exp(-logOdds));

    private static void Cost(Utf8JsonWriter json, double usd)
    {
        if (double.IsNaN(usd))
            json.WriteNull("cost_usd");
        else
            json.WriteNumber("cost_usd", usd);
    }

    /// <summary>Two costs in USD per call.</summary>
    public static (double Weak, double Strong)? ReadCosts(string? text)
    {
        if (text is null)
            return null;
        return
            text.Split(',') is [var w, var s]
            && double.TryParse(w, NumberStyles.Float, CultureInfo.InvariantCulture, out double weak)
            && double.TryParse(s, NumberStyles.Float, CultureInfo.InvariantCulture, out double strong)
            && weak is >= 0 and < double.PositiveInfinity
            && strong is > 0 and < double.PositiveInfinity
            ? (weak, strong)
            : throw new CliFailureException(
                $"'{text}' are no costs. Write --costs 0.0002,0.012 (USD per call).",
                ExitCodes.Usage
            );
    }
}
