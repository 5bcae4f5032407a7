using System.Net;
using System.Net.Http;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Wye.Providers.Sockets;

/// <summary>A connection to a provider whose writes may wait for the end of a turn.</summary>
public sealed class DeferringStreamTests : IAsyncLifetime
{
    private readonly SendTurn _turn = new(() => { });
    private Socket _provider = null!;
    private DeferringStream _stream = null!;

    public async ValueTask InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepted = listener.AcceptSocketAsync(Token);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(listener.LocalEndpoint, Token);
        _provider = await accepted;
        _stream = new DeferringStream(socket);
    }

    public ValueTask DisposeAsync()
    {
        _stream.Dispose();
        _provider.Dispose();
        return ValueTask.CompletedTask;
    }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task AThreadWithoutTurns_SendsAtOnce()
    {
        await _stream.WriteAsync("hello"u8.ToArray(), Token);

        (await ReadAsync(5)).ShouldBe("hello");
    }

    [Fact]
    public async Task WritesOfATurn_GoAtItsEnd_AsOne()
    {
        InTurn("head ", "body").ShouldBe([true, true]);
        _provider.Available.ShouldBe(0);

        _turn.End();

        (await ReadAsync(9)).ShouldBe("head body");
    }

    [Fact]
    public async Task AWriteThatIsLargerThanMayWait_GoesAtOnce_BehindWhatWaits()
    {
        var large = new string('x', SendTurn.MostBytes);
        InTurn("first ", large).ShouldBe([true, true]);

        (await ReadAsync(6 + large.Length)).ShouldBe("first " + large);
    }

    [Fact]
    public async Task AnotherThreadsWrite_GoesBehindWhatWaits()
    {
        InTurn("first ");
        await Task.Run(() => _stream.WriteAsync("second"u8.ToArray(), Token).AsTask(), Token);
        _provider.Available.ShouldBe(0);

        _turn.End();

        (await ReadAsync(12)).ShouldBe("first second");
    }

    [Fact]
    public async Task MoreThanTheSystemTakes_ArrivesWhole_AndInOrder()
    {
        // Nobody reads yet: the system's buffers are full long before the end.
        var written = new List<Task>();
        var expected = new StringBuilder();
        for (var part = 0; part < 600; part++)
        {
            var text = $"{part}:{new string((char)('a' + (part % 26)), 16_000)};";
            expected.Append(text);
            using (SocketLoop.Enter(_turn))
            {
                written.Add(_stream.WriteAsync(Encoding.ASCII.GetBytes(text), Token).AsTask());
            }

            if (part % 3 == 0)
            {
                _turn.End();
            }
        }

        _turn.End();
        var arrived = await ReadAsync(expected.Length);

        await Task.WhenAll(written);
        Hash(arrived).ShouldBe(Hash(expected.ToString()));
    }

    [Fact]
    public async Task WhatWaits_IsNotSent_OnceTheConnectionIsClosed()
    {
        InTurn("given up");

        await _stream.DisposeAsync();
        _turn.End();

        (await _provider.ReceiveAsync(new byte[16], Token)).ShouldBe(0);
    }

    [Fact]
    public async Task ABrokenConnection_IsHeardOfByTheNextRead()
    {
        _provider.LingerState = new LingerOption(enable: true, seconds: 0);
        _provider.Close();
        InTurn("into the void");
        _turn.End();

        var read = async () => await _stream.ReadAsync(new byte[16], Token);

        // Which of the two the system says depends on whether the reset came before the write.
        try
        {
            (await read()).ShouldBe(0);
        }
        catch (IOException e)
        {
            e.InnerException.ShouldBeOfType<SocketException>();
        }
    }

    [Fact]
    public void ACancelledWrite_KeepsNothing()
    {
        Task write;
        using (SocketLoop.Enter(_turn))
        {
            write = _stream.WriteAsync("never"u8.ToArray(), new CancellationToken(canceled: true)).AsTask();
        }

        _turn.End();

        write.IsCanceled.ShouldBeTrue();
        _provider.Available.ShouldBe(0);
    }

    [Fact]
    public async Task ConnectAsync_OfAPortWhereNobodyListens_SaysSo()
    {
        using var none = new Socket(SocketType.Stream, ProtocolType.Tcp);
        none.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        using var client = new HttpMessageInvoker(
            new SocketsHttpHandler { UseProxy = false, ConnectCallback = DeferringStream.ConnectAsync }
        );
        using var request = new HttpRequestMessage(HttpMethod.Get, $"http://{none.LocalEndPoint}/");

        var error = await Should.ThrowAsync<HttpRequestException>(() => client.SendAsync(request, Token));

        error.HttpRequestError.ShouldBe(HttpRequestError.ConnectionError);
    }

    /// <summary>Writes as a thread with turns does; whether each was complete on return.</summary>
    private List<bool> InTurn(params string[] texts)
    {
        using var turn = SocketLoop.Enter(_turn);
        return
        [
            .. texts.Select(text => _stream.WriteAsync(Encoding.ASCII.GetBytes(text), Token).IsCompletedSuccessfully),
        ];
    }

    private async Task<string> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count; )
        {
            var read = await _provider.ReceiveAsync(bytes.AsMemory(at), Token);
            read.ShouldBeGreaterThan(0);
            at += read;
        }

        return Encoding.ASCII.GetString(bytes);
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
