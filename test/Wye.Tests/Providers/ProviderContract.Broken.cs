using Wye.Primitives;
using Wye.Testing;

namespace Wye.Providers;

// Connections that are refused or break, and answers that break off.
public abstract partial class ProviderContract
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusedConnection_IsAFailureToConnect(bool stream)
    {
        Uri address;
        await using (var upstream = new RawUpstream(_ => Task.CompletedTask))
        {
            address = upstream.BaseUrl;
        }

        await using var exchange = await SendAsync(address, stream);
        exchange.Error!.Kind.ShouldBe(FailureKind.ConnectFailed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{\"half\":")]
    public async Task BrokenConnection_IsLost(string sent)
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(sent);
        });
        await using var exchange = await SendAsync(upstream.BaseUrl, stream: false);
        exchange.Error!.Kind.ShouldBe(FailureKind.ConnectionLost);
    }

    [Theory]
    [InlineData(
        "HTTP/1.1 429 Slow down\r\nRetry-After: 7\r\nContent-Length: 1000\r\n\r\n{\"error\":",
        FailureKind.RateLimited,
        7
    )]
    [InlineData("HTTP/1.1 503 Busy\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n", FailureKind.Overloaded, null)]
    public async Task AnErrorWhoseBodyBreaks_IsKnownByItsStatus(string sent, FailureKind expected, int? seconds)
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(sent);
        });
        await using var exchange = await SendAsync(upstream.BaseUrl, stream: false);
        exchange.Error!.Kind.ShouldBe(expected);
        exchange.Error.RetryAfter.ShouldBe(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null);
    }

    [Theory]
    [InlineData("HTTP/1.1 500 Oops\r\nContent-Length: 1000\r\n\r\n{\"error\":", FailureKind.ServerError)]
    [InlineData("HTTP/1.1 101 Other\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n", FailureKind.BadResponse)]
    public async Task AnErrorWhoseBodyStandsStill_IsKnownByItsStatus(string sent, FailureKind expected)
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync(sent);
            await connection.WaitClosedAsync();
        });
        await using var exchange = await SendAsync(
            upstream.BaseUrl,
            stream: true,
            bounds: new ResponseBounds { ErrorWait = TimeSpan.Zero }
        );
        exchange.Error!.Kind.ShouldBe(expected);
    }

    [Fact]
    public async Task BrokenHttp_IsABadResponse()
    {
        await using var upstream = new RawUpstream(async connection =>
        {
            await connection.ReadRequestAsync();
            await connection.SendAsync("SMTP ready\r\n\r\n");
        });
        await using var exchange = await SendAsync(upstream.BaseUrl, stream: false);
        exchange.Error!.Kind.ShouldBe(FailureKind.BadResponse);
    }
}
