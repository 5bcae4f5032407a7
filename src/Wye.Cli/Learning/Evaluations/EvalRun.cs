using System.Globalization;
using System.Text;
using Wye.Cli.Learning.Reports;
using Wye.Learning.Evaluation;
using Wye.Learning.Reading;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>One run of <c>wye eval</c>: reads, measures every set, writes what was asked for.</summary>
internal sealed class EvalRun(CliContext context, EvalRequest request)
{
    public void Run()
    {
        foreach (string estimator in request.Estimators)
        {
            if (EstimatorNames.Complaint(estimator) is { } complaint)
                throw new CliFailureException(complaint, ExitCodes.Usage);
        }

        // Before the work that may take minutes.
        foreach (string? written in (string?[])[request.JsonFile, request.Predictions, request.Report])
        {
            if (written is not null)
                OutputFile.Check(context, written);
        }

        OutputFile.CheckApart(
            context,
            ("--json", request.JsonFile),
            ("--predictions-out", request.Predictions),
            ("--report", request.Report)
        );

        (RouterManifest Manifest, RouterSnapshot Router)? trained = request.Router is { } file
            ? LearningOptions.Router(context, file)
            : null;
        (Corpus corpus, int measured) = Read();
        // A copy would teach what a budget of labels left out.
        LearningOptions.CheckDistinct(
            corpus,
            request.LearnFrom.Length > 0 ? "--data and --learn-from name" : "--data names"
        );
        if (trained is { Router: var router })
            LearningOptions.CheckVectors(router, corpus);
        int[]? guard = null;
        ChampionGuard.Verdict? verdict = null;
        if (request.Guard)
        {
            guard = GuardJudgement.Verified(corpus, trained!.Value.Manifest, trained.Value.Router);
            verdict = GuardJudgement.Judge(corpus, trained.Value.Router, guard, trained.Value.Manifest.Seed);
        }

        var subject = EvalSubject.Of(request, corpus, measured, trained?.Router);
        var measuring = new EvalMeasurement(context, request, corpus, trained, guard);
        EvalSection[] sections = [.. subject.Sets.Select(set => measuring.Measure(set, subject))];
        foreach (string skipped in subject.Skipped)
            context.Terminal.Warn($"wye: {skipped}");
        foreach (EvalSection section in sections)
        {
            if (section is { Curve: { } curve, Pair: { } pair })
                PairDirection.Warn(context.Terminal, section.Set.Name, pair, (curve.Weak, curve.Strong));
        }

        Write(sections, trained?.Manifest, verdict);
    }

    private void Write(EvalSection[] sections, RouterManifest? manifest, ChampionGuard.Verdict? verdict)
    {
        if (request.JsonOnOutput)
        {
            context.Terminal.Json(json => EvalJson.Write(json, request, sections, manifest, verdict));
        }
        else
        {
            foreach (EvalSection section in sections)
                new EvalTables(context.Terminal).Write(section, request);
            if (request.Guard)
                context.Terminal.Line(GuardWords.Of(verdict));
        }

        if (request.JsonFile is { } jsonFile)
            EvalJson.WriteFile(context.Resolve(jsonFile), request, sections, manifest, verdict);
        if (request.Predictions is { } predictions)
            EvalPredictions.Write(context.Resolve(predictions), sections);
        if (request.Report is { } report)
        {
            string page = HtmlReport.Render(sections, manifest, verdict, request.Guard);
            OutputFile.Write(context.Resolve(report), stream => stream.Write(Encoding.UTF8.GetBytes(page)));
            if (!request.JsonOnOutput)
                context.Terminal.Line(string.Create(CultureInfo.InvariantCulture, $"report: {report}"));
        }
    }

    // The measured sets come first; what is only learned from comes after.
    private (Corpus Corpus, int Measured) Read()
    {
        if (!request.RouteLlm)
            return (
                LearningOptions.Read(
                    context,
                    [.. request.Data, .. request.LearnFrom],
                    request.Names,
                    request.Embeddings
                ),
                request.Data.Length
            );
        (LabelledSet[] sets, int measured) = LearningOptions.RouteLlm(
            context,
            request.Data,
            request.LearnFrom,
            request.Names
        );
        return (Corpus.Build(sets, LearningOptions.Vectors(context, request.Embeddings)), measured);
    }
}
