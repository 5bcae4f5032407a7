using System.Text;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Learning.Reading;
using Wye.Quality.Heads;
using Wye.Quality.Prior;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary><c>models.NAME.probe</c> → judged answers of models that no router measured.</summary>
internal static class ProbeResolver
{
    /// <summary>The answers by model; what cannot be read is among the problems.</summary>
    /// <param name="scope">Configuration and problems.</param>
    /// <param name="external">What the router was trained on outside; null = nothing.</param>
    public static Dictionary<string, IReadOnlyList<ProbeAnswer>> Resolve(ResolveScope scope, ExternalEncoder? external)
    {
        var probes = new Dictionary<string, IReadOnlyList<ProbeAnswer>>(StringComparer.Ordinal);
        foreach (var model in scope.Config.Models)
        {
            if (model.Probe is not { } folder)
            {
                continue;
            }

            var at = $"models.{model.Name}.probe";
            if (external is not null)
            {
                scope.Problems.Warn(
                    at,
                    "A router on outside embeddings takes no probe sets, so it is not read.",
                    "Remove it, or train a router with the model's answers."
                );
            }
            else if (Read(scope, at, model.Name, folder) is { Count: > 0 } answers)
            {
                probes[model.Name] = answers;
            }
        }

        return probes;
    }

    private static List<ProbeAnswer>? Read(ResolveScope scope, string at, string model, string folder)
    {
        try
        {
            var set = LabelledSetReader.Read(folder);
            var column = set.IndexOf(model);
            if (column < 0)
            {
                scope.Problems.Error(
                    at,
                    $"The set has no answers of {Quotation.Of(model)}.",
                    "Name the model in results.csv as it is named here."
                );
                return null;
            }

            List<ProbeAnswer> answers = [];
            for (var i = 0; i < set.Queries.Count; i++)
            {
                if (set.Score(i, column) is var score && !float.IsNaN(score))
                {
                    var query = set.Queries[i];
                    answers.Add(new ProbeAnswer(Utf8(query.Prompt), Utf8(query.System), Utf8(query.Tools), score));
                }
            }

            return answers;
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            scope.Problems.Error(at, $"The probe set cannot be read: {fault.Message}", "");
            return null;
        }
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);
}
