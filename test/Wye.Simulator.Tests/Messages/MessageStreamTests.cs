using System.Text.Json;
using Wye.Simulator.Billing;

namespace Wye.Simulator.Messages;

public class MessageStreamTests
{
    [Fact]
    public async Task Events_ComeInTheDocumentedOrder()
    {
        await using var sim = await Sim.StartAsync();
        sim.Server.Answers.Script("*", _ => Answers.SimulatedAnswer.Of("[chunk number 0][chunk number 1]"));
        var stream = await sim.EventsAsync(Claude.Streamed());
        stream.Names.ShouldBe([
            "message_start",
            "ping",
            "content_block_start",
            "content_block_delta",
            "content_block_delta",
            "content_block_stop",
            "message_delta",
            "message_stop",
        ]);
        var start = stream.Events[0].GetProperty("message");
        start.GetProperty("content").GetArrayLength().ShouldBe(0);
        start.GetProperty("stop_reason").ValueKind.ShouldBe(JsonValueKind.Null);
        start.GetProperty("usage").GetProperty("input_tokens").GetInt32().ShouldBe(13);
        start.GetProperty("usage").GetProperty("output_tokens").GetInt32().ShouldBe(1);
        stream.Usage.GetProperty("output_tokens").GetInt32().ShouldBe(8);
        (await sim.BillAsync()).ShouldHaveSingleItem().Tokens.ShouldBe(new BilledTokens(13, 0, 0, 8, 0));
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":1024}")]
    public async Task Stream_JoinsToTheWholeMessage_AndCostsTheSame(string more)
    {
        await using var sim = await Sim.StartAsync();
        var whole = await sim.MessageAsync(Claude.Body(more: more));
        var stream = await sim.EventsAsync(Claude.Streamed(more: more));
        stream.Text.ShouldBe(Claude.TextOf(whole));
        if (more.Length > 0)
        {
            var thinking = whole.GetProperty("content")[0];
            stream.Joined("thinking_delta", "thinking").ShouldBe(thinking.GetProperty("thinking").GetString());
            stream.Joined("signature_delta", "signature").ShouldBe(thinking.GetProperty("signature").GetString());
        }

        var bill = await sim.BillAsync();
        bill[1].Tokens.ShouldBe(bill[0].Tokens);
        stream.Usage.GetProperty("output_tokens").GetInt64().ShouldBe(bill[1].Tokens.Output);
    }
}
