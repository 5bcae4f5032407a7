using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;

namespace Wye.Gateway.Clients;

/// <summary>The list of what a kept response answered, over real HTTP.</summary>
public sealed class InputItemsTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    private const string Items = """
        [{"role":"developer","content":"Be brief."},
         {"type":"message","id":"msg_mine","role":"user","content":[{"type":"input_text","text":"é \" \u0041"}]},
         {"role":"assistant","content":"Hm."},
         {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
         {"type":"function_call_output","call_id":"c1","output":"ok"}]
        """;

    [Fact]
    public async Task Items_ComeAsTheyWereSent_WithIdsAndTypes_NewestFirst()
    {
        var id = await AskAsync($$"""{"model":"auto","input":{{Items}}}""");
        var list = await ListAsync($"{id}/input_items");
        list.GetProperty("object").GetString().ShouldBe("list");
        list.GetProperty("has_more").GetBoolean().ShouldBeFalse();
        var data = list.GetProperty("data").EnumerateArray().ToList();
        list.GetProperty("first_id").GetString().ShouldBe(IdOf(data[0]));
        list.GetProperty("last_id").GetString().ShouldBe(IdOf(data[^1]));
        data.Select(IdOf).Distinct(StringComparer.Ordinal).Count().ShouldBe(5);
        data.Reverse();
        data.Select(item => item.GetProperty("type").GetString())
            .ShouldBe(["message", "message", "message", "function_call", "function_call_output"]);
        data[0].GetProperty("role").GetString().ShouldBe("developer");
        data[0].GetProperty("status").GetString().ShouldBe("completed");
        data[0].GetProperty("content").GetRawText().ShouldBe("""[{"type":"input_text","text":"Be brief."}]""");
        IdOf(data[1]).ShouldBe("msg_mine");
        data[1].GetProperty("content").GetRawText().ShouldBe("""[{"type":"input_text","text":"é \" \u0041"}]""");
        data[2]
            .GetProperty("content")
            .GetRawText()
            .ShouldBe("""[{"type":"output_text","text":"Hm.","annotations":[]}]""");
        data[3].GetProperty("arguments").GetString().ShouldBe("{}");
        data[4].GetProperty("output").GetString().ShouldBe("ok");
    }

    [Fact]
    public async Task AContinuedResponse_ListsTheEarlierTurnsToo_ButNotItsOwnAnswer()
    {
        var first = await AskAsync("""{"model":"auto","input":"One"}""");
        var second = await AskAsync($$"""{"model":"auto","input":"Two","previous_response_id":"{{first}}"}""");
        var data = (await ListAsync($"{second}/input_items?order=asc")).GetProperty("data");
        data.EnumerateArray()
            .Select(item => item.GetProperty("role").GetString())
            .ShouldBe(["user", "assistant", "user"]);
        data[2].GetProperty("content")[0].GetProperty("text").GetString().ShouldBe("Two");
    }

    [Theory]
    [InlineData("asc")]
    [InlineData("desc")]
    public async Task Pages_FollowEachOther_InEitherOrder(string order)
    {
        var id = await AskAsync($$"""{"model":"auto","input":{{Items}}}""");
        var all = (await ListAsync($"{id}/input_items?order={order}&limit=100"))
            .GetProperty("data")
            .EnumerateArray()
            .Select(IdOf)
            .ToList();
        List<string> paged = [];
        var after = "";
        while (true)
        {
            var page = await ListAsync($"{id}/input_items?order={order}&limit=2{after}");
            paged.AddRange(page.GetProperty("data").EnumerateArray().Select(IdOf));
            if (!page.GetProperty("has_more").GetBoolean())
            {
                break;
            }

            page.GetProperty("data").GetArrayLength().ShouldBe(2);
            after = $"&after={page.GetProperty("last_id").GetString()}";
        }

        paged.ShouldBe(all);
        var behind = await ListAsync($"{id}/input_items?order={order}&after={all[^1]}");
        behind.GetProperty("data").GetArrayLength().ShouldBe(0);
        behind.GetProperty("first_id").ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("resp_none/input_items", HttpStatusCode.NotFound, "response_not_found", null)]
    [InlineData("ID/input_items?limit=0", HttpStatusCode.BadRequest, "invalid_query", "limit")]
    [InlineData("ID/input_items?limit=101", HttpStatusCode.BadRequest, "invalid_query", "limit")]
    [InlineData("ID/input_items?order=up", HttpStatusCode.BadRequest, "invalid_query", "order")]
    [InlineData("ID/input_items?after=msg_none", HttpStatusCode.NotFound, "item_not_found", "after")]
    public async Task WhatIsNotThere_IsRefusedInTheEnvelope(
        string path,
        HttpStatusCode status,
        string code,
        string? param
    )
    {
        var id = await AskAsync("""{"model":"auto","input":"x"}""");
        using var http = Client();
        using var refused = await http.GetAsync("v1/responses/" + path.Replace("ID", id, StringComparison.Ordinal));
        refused.StatusCode.ShouldBe(status);
        var error = JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("param").GetString().ShouldBe(param);
    }

    private static string IdOf(JsonElement item) => item.GetProperty("id").GetString()!;

    private async Task<string> AskAsync(string body)
    {
        using var answer = await gateway.PostAsync("v1/responses", body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return IdOf(JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    private async Task<JsonElement> ListAsync(string path)
    {
        using var http = Client();
        return JsonElement.Parse(await http.GetStringAsync("v1/responses/" + path));
    }

    private HttpClient Client()
    {
        var http = new HttpClient { BaseAddress = gateway.Host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Key);
        return http;
    }
}
