using System.Buffers;
using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Wye.Providers.Sockets;

namespace Wye.Gateway.Sockets;

/// <summary>What the server writes reaches the caller whole and in order, whenever it is sent.</summary>
public sealed class SocketOutputTests : IAsyncLifetime
{
    private readonly SendTurn _turn = new(() => { });
    private readonly Connection _connection = new();
    private Socket _caller = null!;
    private Socket _server = null!;
    private SocketOutput _output = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var accepted = listener.AcceptSocketAsync(Token);
        _caller = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await _caller.ConnectAsync(listener.LocalEndpoint, Token);
        _server = await accepted;
        _output = new SocketOutput(_server, _connection);
    }

    public ValueTask DisposeAsync()
    {
        _caller.Dispose();
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task AThreadWithoutTurns_SendsAtOnce()
    {
        await WriteAsync("hello");

        (await ReadAsync(5)).ShouldBe("hello");
        _output.UnflushedBytes.ShouldBe(0);
    }

    [Fact]
    public async Task FlushesOfATurn_AreCompleteAtOnce_AndGoAtItsEnd()
    {
        FlushInTurn("head ");
        FlushInTurn("body");
        _caller.Available.ShouldBe(0);

        _turn.End();

        (await ReadAsync(9)).ShouldBe("head body");
    }

    [Fact]
    public async Task WhatIsWrittenAndNotFlushed_DoesNotGo()
    {
        FlushInTurn("flushed");
        Write(" not yet");
        _output.UnflushedBytes.ShouldBe(8);

        _turn.End();
        (await ReadAsync(7)).ShouldBe("flushed");
        _caller.Available.ShouldBe(0);

        await _output.FlushAsync(Token);
        (await ReadAsync(8)).ShouldBe(" not yet");
    }

    [Fact]
    public async Task MemoryThatIsBeingWritten_IsKept_WhenWhatLiesBeforeItIsSent()
    {
        FlushInTurn("sent ");
        var memory = _output.GetMemory(6);
        _turn.End();
        Encoding.ASCII.GetBytes("behind", memory.Span);
        _output.Advance(6);
        await _output.FlushAsync(Token);

        (await ReadAsync(11)).ShouldBe("sent behind");
    }

    [Fact]
    public async Task MoreThanMayWait_GoesAtOnce()
    {
        var large = new string('x', SendTurn.MostBytes + 1);

        FlushInTurn(large);

        (await ReadAsync(large.Length)).ShouldBe(large);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4_096)]
    [InlineData(1_000_000)]
    public void Memory_IsAsLargeAsAskedFor(int size)
    {
        Write("before");
        _output.GetMemory(size).Length.ShouldBeGreaterThanOrEqualTo(size);
        _output.GetSpan(size).Length.ShouldBeGreaterThanOrEqualTo(size);
    }

    [Fact]
    public void AdvancingPastTheMemory_IsRefused()
    {
        var length = _output.GetMemory().Length;

        Should.Throw<ArgumentOutOfRangeException>(() => _output.Advance(length + 1));
        Should.Throw<ArgumentOutOfRangeException>(() => _output.Advance(-1));
    }

    [Fact]
    public async Task ACallerWhoDoesNotRead_HoldsUpWhoWrites_AndGetsAllOnceHeDoes()
    {
        var sent = new StringBuilder();
        ValueTask<FlushResult> flush;
        do
        {
            var part = $"{sent.Length}:{new string('y', 100_000)};";
            sent.Append(part);
            Write(part);
            flush = _output.FlushAsync(Token);
        } while (flush.IsCompleted);

        // Written while the system still reads what came before.
        Write("more");
        sent.Append("more");
        var second = _output.FlushAsync(Token);
        second.IsCompleted.ShouldBeFalse();

        var arrived = await ReadAsync(sent.Length);

        (await flush).ShouldBe(new FlushResult(isCanceled: false, isCompleted: false));
        (await second).ShouldBe(new FlushResult(isCanceled: false, isCompleted: false));
        Hash(arrived).ShouldBe(Hash(sent.ToString()));
    }

    [Fact]
    public async Task AFlushThatIsCancelled_EndsAlone()
    {
        var flush = await FillAsync();

        _output.CancelPendingFlush();

        (await flush).IsCanceled.ShouldBeTrue();
        _connection.Aborted.Task.IsCompleted.ShouldBeFalse();
        _output.FlushAsync(Token).IsCompleted.ShouldBeFalse();
    }

    [Fact]
    public async Task AFlushWhoseTokenIsCancelled_Throws()
    {
        _ = await FillAsync();
        using var cancel = new CancellationTokenSource();
        var flush = _output.FlushAsync(cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => flush);
    }

    [Fact]
    public async Task ABrokenConnection_IsEnded_AndSaidByTheNextFlush()
    {
        var flush = await FillAsync();
        _caller.LingerState = new LingerOption(enable: true, seconds: 0);
        _caller.Close();

        (await flush).IsCompleted.ShouldBeTrue();
        (await _connection.Aborted.Task.WaitAsync(Token)).InnerException.ShouldBeOfType<SocketException>();
        Write("too late");
        (await _output.FlushAsync(Token)).IsCompleted.ShouldBeTrue();
    }

    [Fact]
    public async Task ASocketThatIsGone_IsSaidByTheNextFlush_AndNothingThrows()
    {
        FlushInTurn("never");
        _server.Dispose();
        _turn.End();

        (await WriteAsync("more")).IsCompleted.ShouldBeTrue();
        await _output.CloseAsync();
    }

    [Fact]
    public async Task CloseAsync_SendsWhatStillWaits()
    {
        FlushInTurn("last words");

        await _output.CloseAsync();
        _server.Close();

        (await ReadAsync(10)).ShouldBe("last words");
        _turn.End();
    }

    [Fact]
    public async Task CloseAsync_WaitsForTheCaller()
    {
        _ = await FillAsync();

        var closing = _output.CloseAsync();
        closing.IsCompleted.ShouldBeFalse();
        var reading = Task.Run(
            async () =>
            {
                var buffer = new byte[1 << 20];
                while (await _caller.ReceiveAsync(buffer, Token) > 0) { }
            },
            Token
        );
        await closing.WaitAsync(Token);
        _server.Close();
        await reading;
    }

    /// <summary>One thread writes while another ends turns, as when a call goes on on another thread than it came from.</summary>
    [Fact]
    public async Task OneThreadWrites_WhileAnotherSends()
    {
        const int Parts = 20_000;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var random = new Random(7);
        var total = 0;
        var parts = new byte[Parts][];
        for (var n = 0; n < Parts; n++)
        {
            parts[n] = new byte[random.Next(1, 900)];
            random.NextBytes(parts[n]);
            hash.AppendData(parts[n]);
            total += parts[n].Length;
        }

        using var joined = new BlockingTurn();
        var sending = Task.Run(joined.Run, Token);
        var reading = Task.Run(() => HashOfAsync(total), Token);
        foreach (var part in parts)
        {
            part.CopyTo(_output.GetSpan(part.Length));
            _output.Advance(part.Length);
            ValueTask<FlushResult> flush;
            lock (joined)
            {
                using var turn = SocketLoop.Enter(joined.Turn);
                flush = _output.FlushAsync(Token);
            }

            await flush;
        }

        await _output.CloseAsync();
        joined.Stop();
        await sending;
        (await reading).ShouldBe(Convert.ToHexString(hash.GetHashAndReset()));
    }

    private async Task<string> HashOfAsync(int total)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        while (total > 0)
        {
            var read = await _caller.ReceiveAsync(buffer, Token);
            read.ShouldBeGreaterThan(0);
            hash.AppendData(buffer, 0, read);
            total -= read;
        }

        return Convert.ToHexString(hash.GetHashAndReset());
    }

    /// <summary>Fills what the system holds; the flush that waits, as a task of its own.</summary>
    private async Task<Task<FlushResult>> FillAsync()
    {
        while (true)
        {
            Write(new string('z', 1_000_000));
            var flush = _output.FlushAsync(Token);
            if (!flush.IsCompleted)
            {
                return flush.AsTask();
            }

            await flush;
        }
    }

    private void Write(string text) => _output.Write(Encoding.ASCII.GetBytes(text));

    private ValueTask<FlushResult> WriteAsync(string text)
    {
        Write(text);
        return _output.FlushAsync(Token);
    }

    /// <summary>Writes and flushes as a thread with turns does; such a flush is complete on return.</summary>
    private void FlushInTurn(string text)
    {
        Write(text);
        using var turn = SocketLoop.Enter(_turn);
        var flush = _output.FlushAsync(Token);
        flush.IsCompletedSuccessfully.ShouldBeTrue();
    }

    private async Task<string> ReadAsync(int count)
    {
        var bytes = new byte[count];
        for (var at = 0; at < count; )
        {
            var read = await _caller.ReceiveAsync(bytes.AsMemory(at), Token);
            read.ShouldBeGreaterThan(0);
            at += read;
        }

        return Encoding.ASCII.GetString(bytes);
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.ASCII.GetBytes(text)));

    private sealed class Connection : DefaultConnectionContext
    {
        public TaskCompletionSource<Exception> Aborted { get; } =
            new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Abort(ConnectionAbortedException abortReason) => Aborted.TrySetResult(abortReason);
    }

    /// <summary>A turn that a thread of its own ends as soon as it is asked to.</summary>
    private sealed class BlockingTurn : IDisposable
    {
        private readonly SemaphoreSlim _asked = new(0);
        private volatile bool _stopped;

        public BlockingTurn() => Turn = new SendTurn(() => _asked.Release());

        public SendTurn Turn { get; }

        public void Run()
        {
            while (true)
            {
                _asked.Wait();
                if (_stopped)
                {
                    return;
                }

                // The list belongs to one thread at a time; what it sends does not.
                lock (this)
                {
                    Turn.End();
                }
            }
        }

        public void Stop()
        {
            _stopped = true;
            _asked.Release();
        }

        public void Dispose() => _asked.Dispose();
    }
}
