using System.Net.Sockets;
using System.Text;

namespace Wye.Gateway.Faults;

/// <summary>Callers' connections are bounded: one more is closed, and those that are open go on.</summary>
public class ConnectionLimitTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ConnectionBeyondTheLimit_IsClosed_AndTheOthersAreAnswered_UntilOneLeaves()
    {
        await using var world = await FaultWorld.StartAsync(more: "server: { max_connections: 2 }");
        using var first = await ConnectAsync(world);
        (await AskAsync(first)).ShouldStartWith("HTTP/1.1 200");
        using (var second = await ConnectAsync(world))
        {
            (await AskAsync(second)).ShouldStartWith("HTTP/1.1 200");
            using var third = await ConnectAsync(world);
            (await AskAsync(third)).ShouldBeEmpty();
            (await AskAsync(first)).ShouldStartWith("HTTP/1.1 200");
        }

        // The server hears of the one that left a little later.
        var answer = "";
        for (var i = 0; i < 1_000 && answer.Length == 0; i++)
        {
            using var next = await ConnectAsync(world);
            answer = await AskAsync(next);
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }

        answer.ShouldStartWith("HTTP/1.1 200");
    }

    private static async Task<Socket> ConnectAsync(FaultWorld world)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(world.Host.Address.Host, world.Host.Address.Port, Token);
        return socket;
    }

    /// <summary>The head of the answer; nothing when the connection is closed.</summary>
    private static async Task<string> AskAsync(Socket socket)
    {
        var buffer = new byte[4096];
        var answer = "";
        try
        {
            // HEAD: nothing follows the headers, so that the next answer begins where this one ends.
            await socket.SendAsync("HEAD /health/live HTTP/1.1\r\nHost: wye\r\n\r\n"u8.ToArray(), Token);
            int read;
            while (
                !answer.EndsWith("\r\n\r\n", StringComparison.Ordinal)
                && (read = await socket.ReceiveAsync(buffer, Token)) > 0
            )
            {
                answer += Encoding.ASCII.GetString(buffer, 0, read);
            }
        }
        catch (SocketException)
        {
            // Closed while it was asked.
        }

        return answer;
    }
}
