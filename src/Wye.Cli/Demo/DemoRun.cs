using System.Collections.Immutable;
using Wye.Cli.Http;

namespace Wye.Cli.Demo;

/// <summary>Sends the prompts through the gateway, a few at a time, and asks the truth about every answer.</summary>
internal static class DemoRun
{
    private const int AtATime = 4;
    private const int EveryNthStreamed = 3;

    /// <summary>Runs all; rows come back in the order of the prompts.</summary>
    /// <param name="world">Simulator and gateway.</param>
    /// <param name="prompts">What to send.</param>
    /// <param name="onRow">Told each row as it is done; never two at a time.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    public static async Task<ImmutableArray<DemoRow>> SendAsync(
        DemoWorld world,
        ImmutableArray<DemoPrompt> prompts,
        Action<DemoRow> onRow,
        CancellationToken cancellationToken
    )
    {
        var rows = new DemoRow[prompts.Length];
        var gate = new Lock();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, prompts.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime, CancellationToken = cancellationToken },
            async (index, cancel) =>
            {
                var row = await SendAsync(world, prompts[index], index % EveryNthStreamed == 0, cancel);
                rows[index] = row;
                lock (gate)
                {
                    onRow(row);
                }
            }
        );
        return [.. rows];
    }

    private static async Task<DemoRow> SendAsync(
        DemoWorld world,
        DemoPrompt prompt,
        bool stream,
        CancellationToken cancellationToken
    )
    {
        var ask = new ChatAsk("auto", prompt.Text)
        {
            Stream = stream,
            Tools = prompt.Tools,
            Json = prompt.Schema,
        };
        var answer = await world.Client.ChatAsync(ask, onText: null, cancellationToken);
        if (!answer.Succeeded)
        {
            return new DemoRow(prompt, answer, null) { Streamed = stream };
        }

        using var page = await world.Client.GetAsync($"admin/requests/{answer.RequestId}", cancellationToken);
        var truth = world.Simulator.Truth;
        var learned = await LearnedAsync(world, ask, cancellationToken);
        return new DemoRow(prompt, answer, LedgerFacts.Read(page.RootElement))
        {
            Streamed = stream,
            Right = truth.IsCorrect(answer.Model, prompt.Text),
            StrongRight = truth.IsCorrect(DemoModels.Large, prompt.Text),
            CheapRight = truth.IsCorrect(DemoModels.Small, prompt.Text),
            LearnedModel = learned,
            LearnedRight = learned is not null && truth.IsCorrect(learned, prompt.Text),
        };
    }

    // Deciding calls and records nothing.
    private static async Task<string?> LearnedAsync(DemoWorld world, ChatAsk ask, CancellationToken cancellationToken)
    {
        using var decision = await world.Client.RouteAsync(
            ask with
            {
                Model = "learned",
                Stream = false,
            },
            cancellationToken
        );
        var root = decision.RootElement;
        return
            root.TryGetProperty("policy", out var policy)
            && policy.ValueEquals("learned")
            && root.TryGetProperty("model", out var model)
            ? model.GetString()
            : null;
    }
}
