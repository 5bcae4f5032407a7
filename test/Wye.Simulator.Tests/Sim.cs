using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Wye.Simulator.Billing;

namespace Wye.Simulator;

/// <summary>A running Simulator and a plain client for it.</summary>
internal sealed class Sim : IAsyncDisposable
{
    private Sim(SimulatorServer server)
    {
        Server = server;
        // A stream that is let go is closed at once instead of read on for two seconds.
        Client = new HttpClient(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero })
        {
            BaseAddress = server.Address,
            Timeout = TimeSpan.FromSeconds(60),
        };
    }

    public SimulatorServer Server { get; }

    public HttpClient Client { get; }

    public static async Task<Sim> StartAsync(SimulatorOptions? options = null) =>
        new(await SimulatorServer.StartAsync(options, TestContext.Current.CancellationToken));

    public static string Chat(string model = "gpt-4o", string prompt = "What is six times seven?", string more = "") =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":{{JsonSerializer.Serialize(prompt)}}}]{{more}}}""";

    public static string Streamed(
        string model = "gpt-4o",
        string prompt = "What is six times seven?",
        string more = ""
    ) => Chat(model, prompt, ""","stream":true,"stream_options":{"include_usage":true}""" + more);

    public Task<HttpResponseMessage> PostAsync(
        string body,
        string path = "v1/chat/completions",
        Action<HttpRequestHeaders>? headers = null,
        CancellationToken cancellationToken = default
    )
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        headers?.Invoke(request.Headers);
        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    public async Task<JsonElement> JsonAsync(string body, string path = "v1/chat/completions")
    {
        using var response = await PostAsync(body, path);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    public async Task<JsonElement> GetAsync(string path) => JsonElement.Parse(await Client.GetStringAsync(path));

    public async Task<SseText> StreamAsync(string body, string path = "v1/chat/completions")
    {
        using var response = await PostAsync(body, path);
        return new SseText(await response.Content.ReadAsStringAsync());
    }

    public async Task<IReadOnlyList<BillLine>> BillAsync()
    {
        await Server.Bill.WaitForQuiescenceAsync(TestContext.Current.CancellationToken);
        return Server.Bill.Snapshot();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
