using System.Net.Http;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Providers;

/// <summary>What every provider promises over real sockets; a new dialect or provider runs it with samples of its own.</summary>
public abstract partial class ProviderContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Name of the dialect the provider speaks.</summary>
    public abstract string Dialect { get; }

    /// <summary>A request of that dialect.</summary>
    public abstract string Request(bool stream);

    /// <summary>A whole answer with the text <c>Hello</c>.</summary>
    public abstract string Reply { get; }

    /// <summary>Server-sent events of a whole answer, the terminator last, each with its blank line.</summary>
    public abstract IReadOnlyList<string> Events { get; }

    /// <summary>An error event inside a stream.</summary>
    public abstract string ErrorEvent { get; }

    [Fact]
    public async Task Send_GivesTheWholeReply()
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(Whole(Reply));
        });
        await using var exchange = await SendAsync(upstream.BaseUrl, stream: false);
        exchange.Error.ShouldBeNull();
        System.Text.Encoding.UTF8.GetString(exchange.Reply!.Text.Span).ShouldBe("Hello");
    }

    [Fact]
    public async Task Send_StreamsFrameByFrame_AsTheyArrive()
    {
        var arrived = new SemaphoreSlim(0);
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawConnection.StreamHead);
            foreach (var item in Events)
            {
                await connection.SendChunkAsync(item);
                await arrived.WaitAsync();
            }

            await connection.EndChunksAsync();
        });
        await using var exchange = await SendAsync(upstream.BaseUrl, stream: true);
        exchange.Error.ShouldBeNull();
        exchange.Reply.ShouldBeNull();
        var count = 0;
        ChatFrame frame;
        do
        {
            // The next event is only sent once this one was read: nothing may be held back.
            frame = await exchange.ReadFrameAsync(default).AsTask().WaitAsync(Patience);
            frame.Error.ShouldBeNull();
            count++;
            arrived.Release();
        } while (!frame.Has(ChatFrameKinds.End));
        count.ShouldBe(Events.Count);
        (await exchange.ReadFrameAsync(default)).Has(ChatFrameKinds.End).ShouldBeTrue("the end stays the end");
    }

    [Fact]
    public async Task Connections_AreUsedAgain_AfterWholeAnswers()
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            for (var i = 0; i < 4; i++)
            {
                await connection.ReadRequestAsync();
                await connection.SendAsync(RawConnection.StreamHead);
                // In one piece: an end that is still on its way when the answer is given back would be waited for beside the next call.
                await connection.SendLastChunkAsync(string.Concat(Events));
            }
        });
        using var transport = ProviderTransport.Create(TimeSpan.FromSeconds(3));
        for (var i = 0; i < 4; i++)
        {
            await using var exchange = await SendAsync(upstream.BaseUrl, stream: true, transport: transport);
            (await LastAsync(exchange)).Has(ChatFrameKinds.End).ShouldBeTrue();
        }

        upstream.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData(Break.Clean, FailureKind.StreamCut)]
    [InlineData(Break.CleanWithoutTerminator, FailureKind.StreamCut)]
    [InlineData(Break.TerminatorOnly, FailureKind.StreamCut)]
    [InlineData(Break.HalfEvent, FailureKind.StreamCut)]
    [InlineData(Break.Close, FailureKind.ConnectionLost)]
    [InlineData(Break.Reset, FailureKind.ConnectionLost)]
    [InlineData(Break.Garbage, FailureKind.BadResponse)]
    [InlineData(Break.Error, FailureKind.ServerError)]
    [InlineData(Break.LongLine, FailureKind.ResponseTooLarge)]
    public async Task Stream_NeverEndsInSilence(Break how, FailureKind expected)
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawConnection.StreamHead);
            await BreakAsync(connection, how);
        });
        await using var exchange = await SendAsync(upstream.BaseUrl, stream: true);
        var last = await LastAsync(exchange);
        last.Kinds.ShouldBe(ChatFrameKinds.Error);
        last.Error!.Kind.ShouldBe(expected);
        (await exchange.ReadFrameAsync(default)).Error.ShouldBe(last.Error, "the end stays the end");
    }

    [Fact]
    public async Task Stream_OfATerminatorWithoutBlankLine_IsWhole()
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawConnection.StreamHead);
            await connection.SendChunkAsync(string.Concat(Events).TrimEnd());
            await connection.EndChunksAsync();
        });
        await using var exchange = await SendAsync(upstream.BaseUrl, stream: true);
        (await LastAsync(exchange)).Has(ChatFrameKinds.End).ShouldBeTrue();
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Cancelling_ClosesTheConnectionToTheProvider(bool stream, bool afterTheHead)
    {
        var reached = new TaskCompletionSource();
        var closed = new TaskCompletionSource();
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            if (afterTheHead)
            {
                await connection.SendAsync(RawConnection.StreamHead);
                await connection.SendChunkAsync(Events[0]);
            }

            reached.SetResult();
            await connection.WaitClosedAsync();
            closed.SetResult();
        });
        using var leaving = new CancellationTokenSource();
        var running = ReadAllAsync(upstream.BaseUrl, stream, leaving.Token);
        await reached.Task.WaitAsync(Patience);
        await leaving.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(running);
        await closed.Task.WaitAsync(Patience);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Disposing_AbortsARunningStream(bool whileReading)
    {
        var closed = new TaskCompletionSource();
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(RawConnection.StreamHead);
            await connection.SendChunkAsync(Events[0]);
            await connection.WaitClosedAsync();
            closed.SetResult();
        });
        var exchange = await SendAsync(upstream.BaseUrl, stream: true);
        await exchange.ReadFrameAsync(default);
        var pending = whileReading ? exchange.ReadFrameAsync(default).AsTask() : null;
        await exchange.DisposeAsync();
        await closed.Task.WaitAsync(Patience);
        if (pending is not null)
        {
            await Should.ThrowAsync<OperationCanceledException>(pending);
        }

        await Should.ThrowAsync<OperationCanceledException>(async () => await exchange.ReadFrameAsync(default));
    }

    [Fact]
    public async Task SlowConnect_FailsWithinTheConnectTimeout()
    {
        // The connect hangs until the transport gives up.
        using var transport = new HttpMessageInvoker(
            new SocketsHttpHandler
            {
                ConnectTimeout = TimeSpan.FromMilliseconds(50),
                ConnectCallback = async (_, cancellationToken) =>
                {
                    await Task.Delay(Timeout.Infinite, cancellationToken);
                    throw new InvalidOperationException();
                },
            }
        );
        await using var exchange = await SendAsync(new Uri("http://127.0.0.1:9/"), stream: false, transport: transport);
        exchange.Error!.Kind.ShouldBe(FailureKind.ConnectFailed);
    }

    /// <summary>How a stream breaks.</summary>
    public enum Break
    {
        /// <summary>Clean end in the middle of the answer.</summary>
        Clean,

        /// <summary>Clean end after the finish reason.</summary>
        CleanWithoutTerminator,

        /// <summary>A terminator without a finish reason.</summary>
        TerminatorOnly,

        /// <summary>Clean end inside an event.</summary>
        HalfEvent,

        /// <summary>Connection closed without the last chunk.</summary>
        Close,

        /// <summary>Connection reset.</summary>
        Reset,

        /// <summary>An event that is no JSON.</summary>
        Garbage,

        /// <summary>An error event.</summary>
        Error,

        /// <summary>A line without end.</summary>
        LongLine,
    }

    private async Task BreakAsync(RawConnection connection, Break how)
    {
        await connection.SendChunkAsync(Events[0]);
        switch (how)
        {
            case Break.CleanWithoutTerminator:
                await connection.SendChunkAsync(string.Concat(Events.SkipLast(1)));
                break;
            case Break.TerminatorOnly:
                await connection.SendChunkAsync(Events[^1]);
                break;
            case Break.HalfEvent:
                await connection.SendChunkAsync(Events[1][..(Events[1].Length / 2)]);
                break;
            case Break.Close:
                return;
            case Break.Reset:
                connection.Reset();
                return;
            case Break.Garbage:
                await connection.SendChunkAsync("data: {\"half\":\n\n");
                break;
            case Break.Error:
                await connection.SendChunkAsync(ErrorEvent);
                break;
            case Break.LongLine:
                await connection.SendChunkAsync("data: " + new string('x', 2 * 1024 * 1024));
                break;
            default:
                break;
        }

        await connection.EndChunksAsync();
    }

    private async Task ReadAllAsync(Uri baseUrl, bool stream, CancellationToken cancellationToken)
    {
        await using var exchange = await SendAsync(baseUrl, stream, cancellationToken);
        while (!(await exchange.ReadFrameAsync(cancellationToken)).Has(ChatFrameKinds.End | ChatFrameKinds.Error)) { }
    }

    private static async Task<ChatFrame> LastAsync(ChatExchange exchange)
    {
        exchange.Error.ShouldBeNull();
        while (true)
        {
            var frame = await exchange.ReadFrameAsync(default).AsTask().WaitAsync(Patience);
            if (frame.Has(ChatFrameKinds.End | ChatFrameKinds.Error))
            {
                return frame;
            }
        }
    }

    private async Task<ChatExchange> SendAsync(
        Uri baseUrl,
        bool stream,
        CancellationToken cancellationToken = default,
        HttpMessageInvoker? transport = null,
        ResponseBounds? bounds = null
    )
    {
        DialectRegistry.BuiltIn.TryFind(Dialect, out var dialect).ShouldBeTrue();
        dialect!.TryReadRequest(A.Bytes(Request(stream)), CallerHints.None, out var request, out _).ShouldBeTrue();
        var deployment = A.HttpDeployment(baseUrl, dialect: Dialect);
        var model = new HttpChatModel(
            deployment,
            A.EndpointOf(deployment),
            dialect,
            transport ?? ProviderTransport.Create(TimeSpan.FromSeconds(3)),
            TimeProvider.System,
            bounds ?? ResponseBounds.Default
        );
        return await model
            .SendAsync(A.CallOf(request!), cancellationToken)
            .AsTask()
            .WaitAsync(Patience, CancellationToken.None);
    }

    private static string Whole(string body) =>
        $"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {System.Text.Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";
}
