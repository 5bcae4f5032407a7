using System.Collections.Immutable;
using System.Text;
using Wye.Primitives;
using Wye.Routing;
using Wye.Yaml;

namespace Wye.Cli.Estimates;

/// <summary>Reads a workflow from YAML or JSON; every problem at once, each with its line.</summary>
internal static class WorkflowFile
{
    private const int MostBytes = 1 << 20;
    private const int MostSteps = 1_000;
    private const int MostTokens = 100_000_000;
    private const int MostCalls = 1_000_000;

    /// <exception cref="CliFailureException">It cannot be read; the message names each place and its fix.</exception>
    public static WorkflowEstimate Read(string path, string shown)
    {
        if (!File.Exists(path))
        {
            throw new CliFailureException(
                $"There is no file '{shown}'. samples/workflows shows the form.",
                ExitCodes.Usage
            );
        }

        if (new FileInfo(path).Length > MostBytes)
        {
            throw new CliFailureException($"'{shown}' is larger than 1 MiB.");
        }

        var problems = new ProblemSink(shown);
        var workflow = YamlTree.Parse(File.ReadAllText(path, Encoding.UTF8), problems) is { } root
            ? Bind(new Fields(root, "a workflow", problems))
            : null;
        var found = problems.ToImmutable();
        return found.IsEmpty && workflow is not null
            ? workflow
            : throw new CliFailureException(
                string.Join("\n     ", found.DefaultIfEmpty(null).Select(one => one?.ToString() ?? "empty"))
            );
    }

    private static WorkflowEstimate Bind(Fields fields)
    {
        var name = fields.Text("name") ?? "";
        var runs = fields.Int("runs");
        var escalation = Share(fields, null, "escalation");
        var tier = fields.Text("static_tier");
        var steps = ImmutableArray.CreateBuilder<WorkflowEstimateStep>();
        var written = 0;
        foreach (var item in fields.Items("steps") ?? [])
        {
            if (Step(fields.Below(item, "a step"), item, ++written) is { } step)
            {
                steps.Add(step);
            }
        }

        fields.Done();
        if (written is 0 or > MostSteps)
        {
            fields.Problems.Error(
                1,
                1,
                "steps",
                $"A workflow has 1..{MostSteps} steps.",
                "Write steps: [{ name, kind, input, output }]."
            );
        }

        if (runs is <= 0)
        {
            fields.Problems.Error(1, 1, "runs", "'runs' is at least 1.", "Write e.g. runs: 1000.");
        }

        return new WorkflowEstimate(name, steps.ToImmutable())
        {
            Runs = runs ?? 1,
            Escalation = escalation ?? WorkflowEstimate.DefaultEscalation,
            StaticTier = tier,
        };
    }

    private static WorkflowEstimateStep? Step(Fields fields, YamlNode at, int number)
    {
        var name = fields.Text("name");
        var kindName = fields.Text("kind");
        var isWritten = at is MapNode map && map.Entries.Any(entry => entry.Key is "input");
        var input = Count(fields, at, "input", MostTokens);
        var output = Count(fields, at, "output", MostTokens);
        var cached = Count(fields, at, "cached", MostTokens);
        var calls = Count(fields, at, "calls", MostCalls);
        var tier = fields.Text("tier");
        var escalation = Share(fields, at, "escalation");
        fields.Done();
        var kind = StepKind.Chat;
        if (kindName is not null && !StepKinds.TryParse(kindName, out kind))
        {
            var known = string.Join(", ", StepKinds.All.Select(one => one.Name()));
            fields.Problems.Error(at, "The step's kind is not known.", $"Use one of {known}.");
            return null;
        }

        if (input is null)
        {
            // One that is written and is no number is complained of already.
            if (!isWritten)
            {
                fields.Problems.Error(
                    at,
                    "A step needs 'input', its expected prompt tokens.",
                    "Write e.g. input: 1500."
                );
            }

            return null;
        }

        if (cached > input)
        {
            fields.Problems.Error(at, "'cached' is a part of 'input'.", "Write at most as many tokens.");
            return null;
        }

        return new WorkflowEstimateStep(
            name ?? $"step {number}",
            kind,
            input.Value,
            output ?? ExpectedOutput.Default(kind, input.Value)
        )
        {
            Calls = calls ?? 1,
            CachedTokens = cached ?? 0,
            Tier = tier,
            Escalation = escalation,
        };
    }

    private static int? Count(Fields fields, YamlNode at, string key, int most)
    {
        var count = fields.Int(key);
        if (count is < 0 || count > most || (count is 0 && key is "calls"))
        {
            fields.Problems.Error(
                at,
                $"'{key}' is a whole number in {(key is "calls" ? 1 : 0)}..{most}.",
                "Write digits only."
            );
        }

        return count;
    }

    private static double? Share(Fields fields, YamlNode? at, string key)
    {
        var share = fields.Number(key);
        if (share is not (null or >= 0 and <= 1))
        {
            var path = at is null ? key : $"{at.Path}.{key}";
            fields.Problems.Error(
                at?.Line ?? 1,
                at?.Column ?? 1,
                path,
                $"'{key}' is a share in 0..1.",
                "Write e.g. 0.3."
            );
            return null;
        }

        return share;
    }
}
