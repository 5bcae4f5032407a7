using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Wye.Primitives;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Faults;

/// <summary>T07: a caller who stays connected and reads nothing.</summary>
public class UnreadAnswerTests
{
    [Theory]
    [InlineData(", total: 2s", 60)]
    [InlineData("", 2)]
    public async Task WhoTakesNothingOfAnAnswer_DoesNotHoldItsCallForEver(string timeouts, int patience)
    {
        await using var world = await FaultWorld.StartAsync(
            timeouts: timeouts,
            leastRead: new MinDataRate(bytesPerSecond: 1_000_000_000, TimeSpan.FromSeconds(patience))
        );
        world.Simulator.Faults.Always(FaultWorld.First, Fault.EndlessStream());
        using var socket = new TcpClient { ReceiveBufferSize = 4096 };
        await world.AskForStreamAsync(socket);

        var row = await world.RowAsync(before: 0, TimeSpan.FromSeconds(40));

        row.Request.Failure.ShouldBe(FailureKind.CallerGone);
        row.Request.Estimated.ShouldBeTrue();
        row.Attempts.ShouldHaveSingleItem();
    }
}
