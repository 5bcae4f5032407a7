using System.Net;
using System.Net.Sockets;
using Wye.Providers.Sockets;

namespace Wye.Gateway.Sockets;

/// <summary>The runtime's own threads: what they send waits for the end of their turns, and that end comes.</summary>
public sealed class SocketLoopTests : IDisposable
{
    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public SocketLoopTests()
    {
        SocketLoop.Start();
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    public void Dispose() => _listener.Dispose();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact(Timeout = 60_000)]
    public async Task ASendThatJoins_IsMadeOnceTheThreadHasDoneWhatItHasAtHand()
    {
        var send = new Send();

        (await OnLoopAsync(() => Join(send))).ShouldBeFalse();

        await send.Made.Task.WaitAsync(Token);
    }

    [Fact(Timeout = 60_000)]
    public async Task ATurnThatIsLentToALoopsThread_LeavesItItsOwn()
    {
        (await OnLoopAsync(Lend)).ShouldBeTrue();
    }

    [Fact]
    public async Task AThreadOfThePool_SendsAtOnce()
    {
        (await Task.Run(SocketLoop.Waits, Token)).ShouldBeFalse();
    }

    /// <summary>Lets it wait if sends wait here at all; whether it was made at once nevertheless.</summary>
    private static bool? Join(Send send)
    {
        if (!SocketLoop.Waits())
        {
            return null;
        }

        SocketLoop.Join(send);
        return send.Made.Task.IsCompleted;
    }

    /// <summary>Whether sends still wait here once another turn was lent; null = they did not before.</summary>
    private static bool? Lend()
    {
        if (!SocketLoop.Waits())
        {
            return null;
        }

        using (SocketLoop.Enter(new SendTurn(() => { }))) { }

        return SocketLoop.Waits();
    }

    /// <summary>Runs <paramref name="act"/> where a socket is heard of, until it says something.</summary>
    private async Task<bool> OnLoopAsync(Func<bool?> act)
    {
        // Of its turns a thread lets one in 64 wait while they have one send each.
        for (var tries = 0; tries < 5_000; tries++)
        {
            using var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(_listener.LocalEndPoint!, Token);
            using var server = await _listener.AcceptAsync(Token);
            var heard = HearAsync(server, act);
            await client.SendAsync(new byte[1], Token);
            if (await heard is { } said)
            {
                return said;
            }
        }

        throw new InvalidOperationException("No thread that hears of sockets lets sends wait.");
    }

    private static async Task<bool?> HearAsync(Socket socket, Func<bool?> act)
    {
        await socket.ReceiveAsync(new byte[1], Token).ConfigureAwait(false);
        return act();
    }

    private sealed class Send : IDeferredSend
    {
        public TaskCompletionSource Made { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        void IDeferredSend.Send() => Made.TrySetResult();
    }
}
