using System.ClientModel;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OpenAI;
using OpenAI.Chat;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Faults;

/// <summary>T01: a stream that fails after its first content is seen to fail by the official clients, never taken for whole.</summary>
public class VisibleFailureTests
{
    private static readonly Dictionary<string, Fault> Faults = new(StringComparer.Ordinal)
    {
        ["cut"] = Fault.CutStream(),
        ["half line"] = Fault.HalfLine(),
        ["error event"] = Fault.ErrorEvent(afterChunks: 2),
        ["stall"] = Fault.StallMidStream(),
        ["clean end without finish"] = Fault.EndWithoutFinish(),
        ["clean end without terminator"] = Fault.EndWithoutDone(),
        ["malformed chunk"] = Fault.MalformedChunk(),
        ["huge line"] = Fault.HugeLine(),
    };

    public static TheoryData<string> Names => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OpenAiDotNetClient_Throws(string name)
    {
        await using var world = await FaultWorld.StartAsync();
        world.Simulator.Faults.Always(FaultScripts.AnyModel, Faults[name]);
        var client = new ChatClient(
            "auto",
            new ApiKeyCredential(world.Key),
            new OpenAIClientOptions { Endpoint = new Uri(world.Host.Address, "v1") }
        );
        var (silent, withText, calls) = (0, 0, name is "stall" ? Math.Min(Sizes.Calls, 20) : Sizes.Calls);
        for (var i = 0; i < calls; i++)
        {
            world.ForgetHealth();
            var text = new StringBuilder();
            try
            {
                await foreach (var update in client.CompleteChatStreamingAsync("Tell me of the sea."))
                {
                    foreach (var part in update.ContentUpdate)
                    {
                        text.Append(part.Text);
                    }
                }

                silent++;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                withText += text.Length > 0 ? 1 : 0;
            }
        }

        Sizes.Record("T01", ("client", "OpenAI .NET"), ("fault", name), ("calls", calls), ("silent", silent));
        silent.ShouldBe(0);
        withText.ShouldBe(calls, "what came before the failure reached the caller");
    }

    [Theory]
    [MemberData(nameof(Names))]
    public Task OpenAiNpmClient_Throws(string name) => NpmClientThrowsAsync(name, "openai", "openai npm");

    [Theory]
    [MemberData(nameof(Names))]
    public Task AnthropicNpmClient_Throws(string name) => NpmClientThrowsAsync(name, "anthropic", "Anthropic npm");

    private static async Task NpmClientThrowsAsync(string name, string package, string client)
    {
        await using var world = await FaultWorld.StartAsync();
        world.Simulator.Faults.Always(FaultScripts.AnyModel, Faults[name]);
        var calls = Math.Min(Sizes.Calls, 20);
        using var result = JsonDocument.Parse(await RunNodeAsync(world, package, calls));
        var silent = result.RootElement.GetProperty("silent").GetInt32();
        Sizes.Record("T01", ("client", client), ("fault", name), ("calls", calls), ("silent", silent));
        silent.ShouldBe(0);
        result.RootElement.GetProperty("withText").GetInt32().ShouldBe(calls, result.RootElement.ToString());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task OnTheWire_AnErrorFrameComesFirst_AndTheTerminatingChunkNever(string name)
    {
        await using var world = await FaultWorld.StartAsync();
        world.Simulator.Faults.Always(FaultScripts.AnyModel, Faults[name]);
        using var socket = new TcpClient();
        await world.AskForStreamAsync(socket);
        var received = new StringBuilder();
        using var reader = new StreamReader(socket.GetStream(), Encoding.UTF8);
        var buffer = new char[4096];
        try
        {
            int read;
            while ((read = await reader.ReadAsync(buffer)) > 0)
            {
                received.Append(buffer, 0, read);
            }
        }
        catch (IOException)
        {
            // A reset is a cut as well.
        }

        var text = received.ToString();
        text.ShouldStartWith("HTTP/1.1 200");
        text.ShouldContain("data: {\"error\":");
        text.IndexOf("\"content\":", StringComparison.Ordinal)
            .ShouldBeLessThan(text.IndexOf("data: {\"error\":", StringComparison.Ordinal));
        text.ShouldNotContain("[DONE]");
        text.ShouldNotContain("\r\n0\r\n");
    }

    private static Task<string> RunNodeAsync(FaultWorld world, string package, int calls) =>
        NodeScript.RunAsync(
            "faults.mjs",
            world,
            ("WYE_CLIENT", package),
            ("WYE_CALLS", calls.ToString(System.Globalization.CultureInfo.InvariantCulture))
        );
}
