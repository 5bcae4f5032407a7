using System.Net;
using System.Text.Json;

namespace Wye.Gateway.Clients;

/// <summary>Items of kept responses that a caller names by their ids instead of sending them, over real HTTP.</summary>
public sealed class ItemReferenceTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ANamedItem_StandsInTheConversation_AsIfItHadBeenSent(bool continued)
    {
        var first = await AskAsync("""{"model":"auto","input":"One"}""");
        var output = first.GetProperty("output")[0];
        var previous = continued ? $",\"previous_response_id\":\"{first.GetProperty("id").GetString()}\"" : "";
        var reference = $$"""{"type":"item_reference","id":"{{output.GetProperty("id").GetString()}}"}""";
        var named = await AskAsync(Body(reference, previous));
        var sent = await AskAsync(Body(output.GetRawText(), previous));
        InputOf(named).ShouldBe(InputOf(sent));
        var turns = JsonElement
            .Parse(await GetAsync($"v1/responses/{named.GetProperty("id").GetString()}/input_items?order=asc"))
            .GetProperty("data");
        turns[continued ? 3 : 1]
            .GetProperty("content")
            .GetRawText()
            .ShouldBe(output.GetProperty("content").GetRawText());
    }

    [Fact]
    public async Task AnItemThatIsNotKept_IsRefused_WithItsPlace_AndNothingIsCalled()
    {
        var first = await AskAsync("""{"model":"auto","input":"One","store":false}""");
        var id = first.GetProperty("output")[0].GetProperty("id").GetString();
        var calls = gateway.Simulator.Calls.Count;
        using var answer = await gateway.PostAsync(
            "v1/responses",
            Body($$"""{"type":"item_reference","id":"{{id}}"}""", "")
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe("item_not_found");
        error.GetProperty("param").GetString().ShouldBe("input[1]");
        error.GetProperty("message").GetString()!.ShouldContain(id!);
        gateway.Simulator.Calls.Count.ShouldBe(calls);
    }

    private static string Body(string item, string members) =>
        $$"""{"model":"auto","input":[{"role":"user","content":"One"},{{item}},{"role":"user","content":"Two"}]{{members}}}""";

    private static int InputOf(JsonElement response) =>
        response.GetProperty("usage").GetProperty("input_tokens").GetInt32();

    private async Task<JsonElement> AskAsync(string body)
    {
        using var answer = await gateway.PostAsync("v1/responses", body);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return JsonElement.Parse(text);
    }

    private async Task<string> GetAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = gateway.Host.Address };
        http.DefaultRequestHeaders.Add("x-api-key", gateway.Key);
        return await http.GetStringAsync(path);
    }
}
