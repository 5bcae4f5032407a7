using Wye.Gates.Checks;
using Wye.Gates.Features;
using Wye.Hosting.Configuration.Problems;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Hosting.Configuration.Resolving.GateParts;

/// <summary>Reads the learned gate out of a router file.</summary>
internal static class LearnedFile
{
    public static TrainedGate? Load(ProblemList problems, string at, GateConfig config)
    {
        if (config.File is not { } file)
        {
            problems.Error(at, "The gate names no router file.", "Add file: PATH; 'wye train --gate' writes one.");
            return null;
        }

        try
        {
            using var stream = System.IO.File.OpenRead(file);
            var gates = RouterFile.Read(stream).Router.Gates;
            var gate = Named(gates, config.Name) ?? (gates.Count == 1 ? gates[0] : null);
            if (gate is null)
            {
                problems.Error(
                    $"{at}.file",
                    $"The router file holds no gate {Quotation.Of(config.Name)}.",
                    gates.Count == 0
                        ? "Train one with 'wye train --gate'."
                        : $"It holds {string.Join(", ", gates.Select(one => one.Name))}: give the gate one of these names."
                );
                return null;
            }

            if (gate.Features != AnswerFeatures.Version)
            {
                problems.Error($"{at}.file", "The gate was trained by another version of Wye.", "Train it again.");
                return null;
            }

            return new TrainedGate(new LearnedScorer(gate), config.Threshold ?? gate.Threshold);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or RouterFileException)
        {
            problems.Error($"{at}.file", $"The router file cannot be read: {fault.Message}", "Check the path.");
            return null;
        }
    }

    private static LearnedGate? Named(IReadOnlyList<LearnedGate> gates, string name)
    {
        foreach (var gate in gates)
        {
            if (string.Equals(gate.Name, name, StringComparison.Ordinal))
            {
                return gate;
            }
        }

        return null;
    }
}
