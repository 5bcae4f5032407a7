using System.CommandLine;
using Wye.Learning.Evaluation;

namespace Wye.Cli.Learning.Evaluations;

/// <summary>The options of <c>wye eval</c>.</summary>
internal sealed class EvalOptions
{
    private readonly Option<string[]> _data = new("--data")
    {
        Description = "Labelled sets to measure on: folders with queries.jsonl and results.csv.",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string> _format = new("--format")
    {
        Description = "labelled, or routellm: a checkout of RouteLLM with its evaluation files.",
        DefaultValueFactory = _ => "labelled",
    };

    private readonly Option<string?> _router = new("--router")
    {
        Description = "Router file to measure on the questions it was not trained on.",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _estimators = new("--estimator")
    {
        Description = "Measure parts of the stack alone: ngram, clusters, neighbours, tasks, blend.",
        HelpName = "NAME",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string[]> _learnFrom = new("--learn-from")
    {
        Description = "Further sets to learn from; questions of the test fold are left out of them too.",
        HelpName = "DIR",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<string?> _names = LearningOptions.Names();

    private readonly Option<string?> _embeddings = LearningOptions.Embeddings();

    private readonly Option<string?> _pair = new("--pair") { Description = "weak,strong: measure a binary router." };

    private readonly Option<string?> _pool = new("--pool")
    {
        Description = "m1,m2,…: measure a router over a pool with costs.",
    };

    private readonly Option<int> _folds = new("--folds")
    {
        Description = "Cross-validation folds.",
        DefaultValueFactory = _ => 5,
    };

    private readonly Option<int?> _trainOn = new("--train-on")
    {
        Description = "Labels the router may learn from, per fold.",
    };

    private readonly Option<bool> _cold = new("--leave-tasks-out")
    {
        Description = "Folds of whole tasks: the tested domain is unseen.",
    };

    private readonly Option<ulong> _seed = LearningOptions.Seed();

    private readonly Option<double> _bar = new("--bar")
    {
        Description = "Quality an answer must have, for the violation rate.",
        DefaultValueFactory = _ => 0.5,
    };

    private readonly Option<double?> _share = new("--strong-share")
    {
        Description = "Share of strong calls at which a pair's choices are shown (default: calibrated, else 0.5).",
    };

    private readonly Option<bool> _guard = new("--guard")
    {
        Description = "With --router: measure on its guard split only, after proof that it was set aside.",
    };

    private readonly Option<bool> _perturb = new("--perturb")
    {
        Description = "Also measure how many choices stay under white space, case and politeness.",
    };

    private readonly Option<string?> _json = LearningOptions.Json();

    private readonly Option<string?> _predictions = new("--predictions-out")
    {
        Description = "Write one JSON line per question.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _report = new("--report")
    {
        Description = "Write a report with pictures as one HTML file.",
        HelpName = "FILE",
    };

    private readonly Option<string?> _policy = new("--policy")
    {
        Description = "cascade: measure a cascade on a set with responses.jsonl.",
    };

    private readonly Option<string?> _gate = new("--gate")
    {
        Description = "With --policy cascade: a gate of the router file.",
    };

    private readonly Option<string?> _costs = new("--costs")
    {
        Description = "With --policy cascade: weak,strong in USD per call.",
    };

    private readonly Option<double> _escalate = new("--escalate")
    {
        Description = "With --policy cascade: share refused in the predictions.",
        DefaultValueFactory = _ => 0.3,
    };

    /// <summary>Folders without <c>--data</c>, as in <c>--format routellm PATH</c>.</summary>
    public Argument<string[]> Path { get; } =
        new("path") { Description = "The same as --data.", Arity = ArgumentArity.ZeroOrMore };

    /// <summary>Every option, in the order of the help text.</summary>
    public IEnumerable<Option> All =>
        [
            _data,
            _format,
            _router,
            _estimators,
            _learnFrom,
            _names,
            _embeddings,
            _pair,
            _pool,
            _folds,
            _trainOn,
            _cold,
            _seed,
            _bar,
            _share,
            _guard,
            _perturb,
            _json,
            _predictions,
            _report,
            _policy,
            _gate,
            _costs,
            _escalate,
        ];

    /// <summary>The request, or a complaint about what does not go together.</summary>
    public EvalRequest Read(ParseResult parsed)
    {
        string[] data = [.. parsed.GetValue(_data) ?? [], .. parsed.GetValue(Path) ?? []];
        string format = parsed.GetValue(_format)!;
        string? router = parsed.GetValue(_router);
        bool guard = parsed.GetValue(_guard);
        bool cold = parsed.GetValue(_cold);
        int? trainOn = parsed.GetValue(_trainOn);
        string[] estimators =
        [
            .. (parsed.GetValue(_estimators) ?? []).SelectMany(e =>
                e.Split(',', StringSplitOptions.RemoveEmptyEntries)
            ),
        ];
        Check(data.Length > 0, "Name what to measure on: --data DIR (or --format routellm PATH).");
        Check(format is "labelled" or "routellm", $"'{format}' is no format. Known: labelled, routellm.");
        Check(!guard || router is not null, "--guard needs --router: the guard split belongs to a router file.");
        Check(
            router is null || (trainOn is null && !cold && estimators.Length == 0),
            "--router measures what is trained already: leave out --train-on, --leave-tasks-out and --estimator."
        );
        if (router is not null)
            LearningOptions.CheckIdle(
                parsed,
                "trains, and --router measures what is trained already",
                _folds,
                _learnFrom
            );
        LearningOptions.CheckIdle(parsed, "goes with --policy cascade", _gate, _costs, _escalate);
        string? embeddings = parsed.GetValue(_embeddings);
        Check(
            embeddings is null || !parsed.GetValue(_perturb),
            "--perturb rewords questions, and --embeddings has no vectors of those: leave one of them out."
        );
        Check(
            !parsed.GetValue(_perturb) || estimators is [] or [PairEvaluation.Blend, ..],
            "--perturb counts the choices of the blend, not of a part alone: leave out --estimator."
        );
        string? pair = parsed.GetValue(_pair);
        string? pool = parsed.GetValue(_pool);
        Check(pair is null || pool is null, "Name --pair or --pool, not both.");
        if (pool is not null)
            LearningOptions.CheckIdle(parsed, "goes with --pair", _share);
        double? share = parsed.GetValue(_share);
        Check(share is null or (>= 0 and <= 1), "--strong-share lies in 0..1.");
        Check(parsed.GetValue(_bar) is > 0 and <= 1, "--bar lies above 0 and at most at 1.");
        return new EvalRequest
        {
            Data = data,
            RouteLlm = format is "routellm",
            LearnFrom = parsed.GetValue(_learnFrom) ?? [],
            Names = parsed.GetValue(_names),
            Embeddings = embeddings,
            Router = router,
            Estimators = estimators,
            Pair = pair is null ? null : LearningOptions.Pair(pair),
            Pool = pool is null ? [] : LearningOptions.Pool(pool),
            Plan = EvalCommand.Plan(parsed.GetValue(_folds), trainOn, cold, parsed.GetValue(_seed)),
            Bar = parsed.GetValue(_bar),
            StrongShare = share,
            Guard = guard,
            Perturb = parsed.GetValue(_perturb),
            JsonFile = parsed.GetValue(_json),
            JsonOnOutput = LearningOptions.JsonOnOutput(parsed, _json),
            Predictions = parsed.GetValue(_predictions),
            Report = parsed.GetValue(_report),
        };
    }

    /// <summary>Name of the policy to measure instead of a router; null for a router.</summary>
    public string? Cascade(ParseResult parsed) => parsed.GetValue(_policy);

    /// <summary>Measures a policy on answers.</summary>
    public int RunCascade(CliContext context, ParseResult parsed, string policy)
    {
        string[] data = [.. parsed.GetValue(_data) ?? [], .. parsed.GetValue(Path) ?? []];
        Check(data.Length == 1, "--policy cascade is measured on one set: --data DIR.");
        Check(parsed.GetValue(_embeddings) is null, "--policy cascade measures answers: leave out --embeddings.");
        Check(!LearningOptions.JsonOnOutput(parsed, _json), "--policy cascade writes JSON to a file: --json FILE.");
        string? router = parsed.GetValue(_router);
        if (router is null)
            LearningOptions.CheckIdle(parsed, "goes with --router", _gate);
        else
            LearningOptions.CheckIdle(parsed, "trains, and --router measures what is trained already", _folds);
        LearningOptions.CheckIdle(
            parsed,
            "does not go with --policy cascade",
            _format,
            _estimators,
            _learnFrom,
            _names,
            _pool,
            _trainOn,
            _cold,
            _bar,
            _share,
            _guard,
            _perturb,
            _report
        );
        return Cascades.CascadeEvalOptions.Run(
            context,
            policy,
            data[0],
            parsed.GetValue(_pair),
            EvalCommand.Plan(
                parsed.GetValue(_folds),
                parsed.GetValue(_trainOn),
                parsed.GetValue(_cold),
                parsed.GetValue(_seed)
            ),
            (router, parsed.GetValue(_gate)),
            parsed.GetValue(_costs),
            parsed.GetValue(_escalate),
            (parsed.GetValue(_json), parsed.GetValue(_predictions))
        );
    }

    private static void Check(bool holds, string complaint)
    {
        if (!holds)
            throw new CliFailureException(complaint, ExitCodes.Usage);
    }
}
