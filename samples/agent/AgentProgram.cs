using System.Globalization;
using Microsoft.Extensions.AI;
using Wye.Extensions.AI;
using Wye.Hosting;
using Wye.Simulator;
using Wye.Yaml;

namespace Wye.Agent;

/// <summary>Runs the agent on one ticket, against the Simulator unless an upstream is named.</summary>
internal static class AgentProgram
{
    private const string Ticket =
        "Since I updated to 4.2.1 the export stops with 'E1017: stream closed' whenever a report has more than 50 pages.";

    public static async Task RunAsync(bool plain, TextWriter output)
    {
        await using var simulator = await SimulatorServer.StartAsync();
        Environment.SetEnvironmentVariable("WYE_AGENT_UPSTREAM", new Uri(simulator.Address, "v1").ToString());

        using IChatClient client = plain
            // before: every step at one model
            ? new OneModelClient(simulator.Address, "sk-simulated", "claude-opus-4-5")
            // after: the one line that changes
            : WyeChatClient.Create(services => services.AddWyeFile(ConfigPath, LedgerChoice.None));

        var (cost, saved) = (0m, 0m);
        await foreach (var (step, answer) in new SupportAgent(client).WorkAsync(Ticket))
        {
            var line = $"{step, -8} {answer.ModelId, -16}";
            if (WyeProvenance.TryRead(answer, out var from))
            {
                (cost, saved) = (cost + from.CostUsd, saved + (from.SavedUsd ?? 0));
                line += $" {Dollars(from.CostUsd)}  {from.Why}";
            }

            await output.WriteLineAsync(line);
        }

        if (!plain)
        {
            await output.WriteLineAsync(
                $"cost {Dollars(cost)}, saved {Dollars(saved)} against the strong model for all"
            );
        }
    }

    private static string ConfigPath => Path.Combine(AppContext.BaseDirectory, "agent.yaml");

    private static string Dollars(decimal amount) => "$" + amount.ToString("0.000000", CultureInfo.InvariantCulture);
}
