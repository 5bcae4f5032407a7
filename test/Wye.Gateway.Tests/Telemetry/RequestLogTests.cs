using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Extensions.Logging;
using Wye.Simulator;
using Wye.Testing;

namespace Wye.Gateway.Telemetry;

public sealed class RequestLogTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wye-log-").FullName;
    private readonly RecordingLog _log = new();
    private SimulatorServer _simulator = null!;
    private GatewayHost _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _simulator = await SimulatorServer.StartAsync();
        _gateway = await GatewayHost.StartAsync(
            new GatewayHostOptions
            {
                ConfigText = GatewayFixture.Config(_simulator.Address),
                DataFolder = _folder,
                Listen = new Uri("http://127.0.0.1:0"),
                Environment = _ => null,
                Logging = logging => logging.AddProvider(_log),
            },
            CancellationToken.None
        );
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _simulator.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Request_IsOneLine_WithItsIdRouteModelStatusAndCost()
    {
        using var http = new HttpClient { BaseAddress = _gateway.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _gateway.FirstAdminKey);
        using var response = await http.PostAsJsonAsync(
            "v1/chat/completions",
            new { model = "auto", messages = new[] { new { role = "user", content = "Classify: it crashes." } } },
            TestContext.Current.CancellationToken
        );
        var id = response.Headers.GetValues("x-wye-request-id").Single();
        await _gateway.DisposeAsync();

        var line = _log.Lines.Where(each => each.Event == "wye.request").ShouldHaveSingleItem();
        line.Level.ShouldBe(LogLevel.Information);
        line.Text.ShouldStartWith($"{id} auto → gpt-4o-mini 200 ok 0.0000");
        line.Text.ShouldContain(" 1 calls ");
        line.Text.ShouldContain("[Status, 200]");
        _log.Lines.ShouldAllBe(each => each.Category.StartsWith("Wye."));
    }
}
