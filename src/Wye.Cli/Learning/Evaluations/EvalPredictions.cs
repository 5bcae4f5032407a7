using System.Text.Json;
using Wye.Learning.Evaluation;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>Writes what the router said of every question: with results.csv enough to recompute every figure.</summary>
/// <remarks>
/// <c>query_id</c>, <c>quality</c> per model (predicted), <c>cost</c> per model (predicted USD, pools), <c>score</c> (pairs: the
/// higher go to strong first), <c>chosen</c> at the operating point, <c>cost_usd</c> (predicted, of the chosen). Where the router
/// predicts no cost, cost_usd is what the data says; without prices it is left out.
/// </remarks>
internal static class EvalPredictions
{
    public static void Write(string file, IReadOnlyList<EvalSection> sections) =>
        OutputFile.Write(file, stream => Write(stream, sections));

    private static void Write(Stream stream, IReadOnlyList<EvalSection> sections)
    {
        using var json = new Utf8JsonWriter(stream);
        foreach (EvalSection section in sections)
        {
            for (int i = 0; i < section.Report.Count; i++)
            {
                Line(json, section, i, sections.Count > 1);
                json.Flush();
                stream.WriteByte((byte)'\n');
                json.Reset();
            }
        }
    }

    private static void Line(Utf8JsonWriter json, EvalSection section, int i, bool several)
    {
        RoutedQuestions routed = section.Routed;
        IReadOnlyList<string> models = routed.Outcome.Models;
        int at = i * models.Count;
        int chosen = section.Report.Chosen[i];
        json.WriteStartObject();
        json.WriteString("query_id", routed.Ids[i]);
        if (several)
            json.WriteString("set", section.Set.Name);
        if (routed.Quality.Length > 0)
        {
            json.WriteStartObject("quality");
            for (int m = 0; m < models.Count; m++)
                json.WriteNumber(models[m], routed.Quality[at + m]);
            json.WriteEndObject();
        }

        if (routed.Cost.Length > 0)
        {
            json.WriteStartObject("cost");
            for (int m = 0; m < models.Count; m++)
                json.WriteNumber(models[m], routed.Cost[at + m]);
            json.WriteEndObject();
        }

        if (routed.Score.Length > 0)
            json.WriteNumber("score", routed.Score[i]);
        json.WriteString("chosen", models[chosen]);
        if (routed.Cost.Length > 0)
            json.WriteNumber("cost_usd", routed.Cost[at + chosen]);
        else if (routed.Priced)
            json.WriteNumber("cost_usd", routed.Outcome.Cost[at + chosen]);
        json.WriteEndObject();
    }
}
