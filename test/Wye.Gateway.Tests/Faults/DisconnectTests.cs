using System.Text;
using Wye.Primitives;
using Wye.Simulator;
using Wye.Simulator.Billing;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Faults;

/// <summary>T05, T06: a caller who leaves frees the provider at once, and what was spent stands in the ledger, flagged.</summary>
public class DisconnectTests
{
    public static TheoryData<string, bool, bool> Moments =>
        new()
        {
            { "before the first byte", true, false },
            { "mid-stream", true, true },
            { "unstreamed", false, false },
        };

    /// <summary>Reads on until it is cancelled; says when two chunks with words have come.</summary>
    private static async Task ReadAllAsync(
        Stream body,
        TaskCompletionSource twoChunks,
        CancellationToken cancellationToken
    )
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        while (await body.ReadAsync(buffer, cancellationToken) is var read and > 0)
        {
            text.Append(Encoding.UTF8.GetString(buffer, 0, read));
            var words = text.ToString().Split("\"content\":\"").Skip(1).Count(rest => !rest.StartsWith('"'));
            if (words >= 2)
            {
                twoChunks.TrySetResult();
            }
        }
    }

    [Theory]
    [MemberData(nameof(Moments))]
    public async Task ACallerWhoLeaves_ClosesUpstreamAtOnce_AndLeavesOneFlaggedRow(
        string moment,
        bool stream,
        bool afterContent
    )
    {
        await using var world = await FaultWorld.StartAsync(
            route: "context_window_fallbacks: [],",
            simulator: new SimulatorOptions { CancelBilling = CancelBilling.UpToThere }
        );
        using (var warm = await world.SendAsync(stream))
        {
            await warm.Content.ReadAsByteArrayAsync();
        }

        await world.Simulator.Bill.WaitForQuiescenceAsync();
        await world.RowAsync(before: 0);
        world.Simulator.Faults.Always(FaultScripts.AnyModel, afterContent ? Fault.StallMidStream() : Fault.NoHeaders());
        var times = new List<double>();
        for (var i = 0; i < Sizes.Calls; i++)
        {
            var calls = world.Simulator.Calls.Count;
            using var leaves = new CancellationTokenSource();
            var sending = world.SendAsync(stream, leaves.Token);
            if (afterContent)
            {
                // Disposing alone would let the client read on for a while, in the hope of keeping its connection.
                using var response = await sending;
                await using var body = await response.Content.ReadAsStreamAsync(CancellationToken.None);
                // That they were sent does not say that the gateway has read them.
                var twoChunks = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                var reading = ReadAllAsync(body, twoChunks, leaves.Token);
                await twoChunks.Task.WaitAsync(TimeSpan.FromSeconds(30), CancellationToken.None);
                await leaves.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(reading);
            }
            else
            {
                while (world.Simulator.Calls.Count == calls)
                {
                    await Task.Yield();
                }

                await leaves.CancelAsync();
                await Should.ThrowAsync<OperationCanceledException>(sending);
            }

            var left = TimeProvider.System.GetTimestamp();
            await world.Simulator.Bill.WaitForQuiescenceAsync();
            times.Add(TimeProvider.System.GetElapsedTime(left).TotalMilliseconds);
            var row = await world.RowAsync(before: i + 1);
            row.Request.Status.ShouldBe(499);
            row.Request.Failure.ShouldBe(FailureKind.CallerGone);
            row.Request.Estimated.ShouldBeTrue();
            row.Attempts.ShouldHaveSingleItem().Usage.OutputTokens.ShouldBe(afterContent ? 8 : 0, "two chunks of four");
        }

        var p99 = Sizes.Percentile(times, 0.99);
        Sizes.Record(
            "T05",
            ("moment", moment),
            ("calls", times.Count),
            ("p50_ms", times[times.Count / 2]),
            ("p99_ms", p99)
        );
        p99.ShouldBeLessThanOrEqualTo(100);
    }
}
