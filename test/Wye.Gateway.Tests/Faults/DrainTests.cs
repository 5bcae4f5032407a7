using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Wye.Gateway.Money;
using Wye.Simulator;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Faults;

/// <summary>D03, D04: streams that run when the gateway stops.</summary>
public class DrainTests
{
    private static Task<FaultWorld> StartAsync(string limit) =>
        FaultWorld.StartAsync(more: $"server: {{ drain_delay: 10ms, drain_limit: {limit} }}");

    private static async Task<(HttpResponseMessage Response, Stream Body)> BeginAsync(FaultWorld world)
    {
        var response = await world.SendAsync(stream: true);
        var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[100]);
        return (response, body);
    }

    private static async Task<(string Text, bool Cut)> RestAsync(Stream body)
    {
        var text = new StringBuilder();
        var buffer = new byte[4096];
        try
        {
            int read;
            while ((read = await body.ReadAsync(buffer)) > 0)
            {
                text.Append(Encoding.UTF8.GetString(buffer.AsSpan(0, read)));
            }

            return (text.ToString(), false);
        }
        catch (IOException)
        {
            return (text.ToString(), true);
        }
    }

    [Fact]
    public async Task AStreamThatEndsWithinTheLimit_IsWhole()
    {
        await using var world = await StartAsync("20s");
        world.Simulator.Faults.Always(FaultWorld.First, Fault.StallMidStream(2, TimeSpan.FromMilliseconds(300)));
        var (response, body) = await BeginAsync(world);
        using (response)
        {
            var drained = world.Host.DrainAsync(CancellationToken.None);
            var (text, cut) = await RestAsync(body);
            cut.ShouldBeFalse();
            text.ShouldEndWith("data: [DONE]\n\n");
            await drained;
        }
    }

    [Fact]
    public async Task ATerminatedProcess_SaysThatItIsNotReady_AndStillTakesCallsForThePreStopDelay()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        await using var simulator = await SimulatorServer.StartAsync(new SimulatorOptions(), CancellationToken.None);
        var folder = Directory.CreateTempSubdirectory("wye-test-").FullName;
        var config = Path.Combine(folder, "wye.yaml");
        await File.WriteAllTextAsync(
            config,
            GatewayFixture.Config(simulator.Address) + "\nserver: { drain_delay: 60s, drain_limit: 1s }\n"
        );
        await using (var process = await GatewayProcess.StartAsync(config, folder, key: null))
        {
            // A connection that is kept would outlive the listener.
            process.Http.DefaultRequestHeaders.ConnectionClose = true;
            await process.TerminateAsync();
            HttpStatusCode ready;
            do
            {
                using var health = await process.Http.GetAsync("health/ready");
                ready = health.StatusCode;
            } while (ready == HttpStatusCode.OK);

            ready.ShouldBe(HttpStatusCode.ServiceUnavailable);
            using var answer = await process.Http.PostAsync(
                "v1/chat/completions",
                new StringContent("""{"model":"gpt-4o-mini","messages":[{"role":"user","content":"Hi"}]}""")
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }

        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("200ms", false)]
    [InlineData("600s", true)]
    public async Task AStreamThatRunsAtTheLimitOrAtASecondSignal_EndsInAnErrorFrameAndACut(string limit, bool hurried)
    {
        await using var world = await StartAsync(limit);
        // Longer than the test, shorter than the inter-token limit would be: the stop must end it.
        world.Simulator.Faults.Always(FaultWorld.First, Fault.EndlessStream());
        var (response, body) = await BeginAsync(world);
        using (response)
        {
            using var hurry = new CancellationTokenSource();
            var drained = world.Host.DrainAsync(hurry.Token);
            if (hurried)
            {
                await hurry.CancelAsync();
            }

            var (text, cut) = await RestAsync(body);
            cut.ShouldBeTrue("no terminating chunk");
            text.ShouldContain("\"code\":\"gateway_stopping\"");
            text.ShouldNotContain("[DONE]");
            await drained;
        }

        var row = await world.RowAsync(before: 0);
        row.Request.Estimated.ShouldBeTrue();
        row.Request.Status.ShouldBe(200);
    }

    [Fact]
    public async Task AnUnstreamedCallThatRunsAtTheLimit_Is503WithRetryAfter()
    {
        await using var world = await StartAsync("100ms");
        world.Simulator.Faults.Always(FaultWorld.First, Fault.NoHeaders());
        var sending = world.SendAsync(stream: false);
        while (world.Simulator.Calls.Count == 0)
        {
            await Task.Yield();
        }

        var drained = world.Host.DrainAsync(CancellationToken.None);
        using var response = await sending;
        ((int)response.StatusCode).ShouldBe(503);
        response.Headers.RetryAfter!.Delta!.Value.TotalSeconds.ShouldBeInRange(1, 30);
        (await response.Content.ReadAsStringAsync()).ShouldContain("gateway_stopping");
        await drained;
    }

    [Fact]
    public async Task DisposingAtOnce_StillWritesTheRowOfWhatRan()
    {
        var world = await StartAsync("600s");
        world.Simulator.Faults.Always(FaultWorld.First, Fault.EndlessStream());
        var (response, body) = await BeginAsync(world);
        using (response)
        {
            // A caller who reads: what lies unread when its connection is cut is lost.
            var rest = RestAsync(body);
            await world.Host.DisposeAsync();
            (await rest).Text.ShouldContain("gateway_stopping");
        }

        await world.DisposeAsync();
    }

    [Fact]
    public async Task ACallerWhoNeverEndsItsRequest_DoesNotKeepTheGatewayFromStopping()
    {
        await using var world = await FaultWorld.StartAsync(more: "server: { drain_delay: 500ms, drain_limit: 10ms }");
        using var socket = new TcpClient();
        await socket.ConnectAsync(world.Host.Address.Host, world.Host.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes(
                $"POST /v1/chat/completions HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {world.Key}\r\n"
                    + "Content-Length: 30000000\r\nExpect: 100-continue\r\n\r\n"
            )
        );
        await stream.ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length]);
        using var enough = new CancellationTokenSource();
        var sending = SendForEverAsync(stream, enough.Token);
        try
        {
            // Heard by all who wait for the end of the server: none of them may stop it first, without a limit.
            world.Host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
            await world.Host.DrainAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(30));
            await world.Host.Completion.WaitAsync(TimeSpan.FromSeconds(30));
        }
        finally
        {
            await enough.CancelAsync();
            await sending;
            socket.Close();
        }
    }

    private static async Task SendForEverAsync(NetworkStream stream, CancellationToken enough)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync(new byte[100], enough);
                await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System, enough);
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The server is gone, or nobody waits for it any more.
        }
    }
}
