using System.Globalization;
using Wye.Learning.Evaluation;
using Wye.Quality.Files;

namespace Wye.Cli.Learning;

/// <summary>The guard split's verdict in words.</summary>
internal static class GuardWords
{
    /// <summary>Of a verdict just reached; null when the guard could not judge.</summary>
    public static string Of(ChampionGuard.Verdict? verdict) =>
        verdict is null
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"guard: not judged; fewer than {GuardJudgement.LeastQuestions} unseen questions have a score and a cost for every model"
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"guard: {verdict.Questions} unseen questions; over the best constant model {verdict.OverConstant}, over the random mix of the same cost {verdict.OverMix}: {(verdict.Champion ? "champion" : "no champion")}"
            );

    /// <summary>Of what a router file carries.</summary>
    public static string Of(RouterManifest manifest) =>
        manifest.Metrics.TryGetValue("guard.questions", out double questions)
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"guard: {questions:0} unseen questions; over the best constant model {manifest.Metrics["guard.over_constant"]:F3} (at least {manifest.Metrics["guard.over_constant.low"]:F3}), over the random mix of the same cost {manifest.Metrics["guard.over_mix"]:F3} (at least {manifest.Metrics["guard.over_mix.low"]:F3}): {(manifest.Champion ? "champion" : "no champion")}"
            )
            : Of((ChampionGuard.Verdict?)null);
}
