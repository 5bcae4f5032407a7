using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wye.Ledger;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Clients;

/// <summary>I01–I10 at the newer endpoints, model lists in both shapes, and what a failure costs: all over real HTTP.</summary>
public sealed class NewerFacesTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    private static readonly string[] Paths = ["v1/responses", "v1/completions", "v1/embeddings"];

    public static TheoryData<string, string, string?> Malformed
    {
        get
        {
            var deep = new string('[', 70) + new string(']', 70);
            var rows = new TheoryData<string, string, string?>();
            foreach (var path in Paths)
            {
                var main = path.EndsWith("completions", StringComparison.Ordinal) ? "prompt" : "input";
                rows.Add(path, "", "invalid_json");
                rows.Add(path, "[]", "invalid_json");
                rows.Add(path, "{\"model\":\"m\",}", "invalid_json");
                rows.Add(path, $"{{\"model\":\"m\",\"{main}\":\"x\"}}{{", "invalid_json");
                rows.Add(path, $"{{\"model\":\"m\",\"{main}\":\"x\",\"t\":{deep}}}", "json_too_deep");
                rows.Add(path, $"{{\"model\":\"m\",\"model\":\"n\",\"{main}\":\"x\"}}", "duplicate_key");
                rows.Add(path, $"{{\"model\":\"m\",\"{main}\":\"\\ud800\"}}", "invalid_unicode");
                rows.Add(path, $"{{\"model\":\"m\",\"{main}\":\"x\",\"api_key\":\"k\"}}", "unsupported_parameter");
                rows.Add(path, $"{{\"model\":5,\"{main}\":\"x\"}}", "invalid_type");
                rows.Add(path, $"{{\"model\":\"../../admin\",\"{main}\":\"x\"}}", "model_not_found");
                rows.Add(path, $"{{\"model\":\"a\\r\\nX: y\",\"{main}\":\"x\"}}", "model_not_found");
                rows.Add(path, $"{{\"model\":\"{new string('m', 10_000)}\",\"{main}\":\"x\"}}", "model_not_found");
            }

            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Malformed))]
    public async Task MalformedRequest_IsRefusedInTheEnvelope_AndNothingIsCalled(string path, string body, string? code)
    {
        var calls = gateway.Simulator.Calls.Count;
        using var answer = await gateway.PostAsync(path, body);
        ((int)answer.StatusCode).ShouldBe(code == "model_not_found" ? 404 : 400);
        var error = JsonElement.Parse(await answer.Content.ReadAsStringAsync()).GetProperty("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("type").GetString().ShouldBe("invalid_request_error");
        error.GetProperty("message").GetString()!.Length.ShouldBeInRange(10, 1_000);
        answer.Headers.Contains("x-wye-request-id").ShouldBeTrue();
        gateway.Simulator.Calls.Count.ShouldBe(calls);
    }

    [Fact]
    public async Task InvalidUtf8_AndBodiesTooLarge_AreRefusedInTheEnvelope()
    {
        using var http = Client();
        foreach (var path in Paths)
        {
            using var wrong = await http.PostAsync(path, new ByteArrayContent([0x7B, 0xFF, 0x7D]));
            (await CodeOf(wrong)).ShouldBe((HttpStatusCode.BadRequest, "invalid_utf8"));
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new StreamContent(Stream.Null) { Headers = { ContentLength = 1L << 32 } },
                Headers = { ExpectContinue = true },
            };
            using var large = await http.SendAsync(request);
            (await CodeOf(large)).ShouldBe((HttpStatusCode.RequestEntityTooLarge, "request_too_large"));
        }
    }

    [Fact]
    public async Task WrongKeyAndWrongMethod_AreRefusedInTheEnvelope()
    {
        using var http = new HttpClient { BaseAddress = gateway.Host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "wye-none");
        foreach (var path in Paths)
        {
            using var answer = await http.PostAsync(path, new StringContent("{}"));
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("\"error\":{");
            using var known = Client();
            using var method = await known.PutAsync(path, new StringContent("{}"));
            method.StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
            (await method.Content.ReadAsStringAsync()).ShouldContain("\"error\":{");
        }
    }

    [Fact]
    public async Task ChatModelAtEmbeddings_AndEmbeddingModelAtChat_AreToldApart()
    {
        using var vectors = await gateway.PostAsync("v1/embeddings", """{"model":"gpt-4o-mini","input":"x"}""");
        vectors.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await vectors.Content.ReadAsStringAsync()).ShouldContain("text-embedding-3-small");
        using var chat = await gateway.PostAsync(
            "v1/chat/completions",
            """{"model":"embed","messages":[{"role":"user","content":"x"}]}"""
        );
        chat.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await chat.Content.ReadAsStringAsync()).ShouldContain("/v1/embeddings");
    }

    [Fact]
    public async Task EmbeddingsThatFail_FallBackToNoOtherModel()
    {
        gateway.Simulator.Faults.Script(BothDialectsFixture.Embedding, Fault.Status(400));
        var calls = gateway.Simulator.Calls.Count;
        using var answer = await gateway.PostAsync("v1/embeddings", """{"model":"embed","input":"x"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        gateway.Simulator.Calls.Snapshot().Skip(calls).ShouldAllBe(call => call.Model == BothDialectsFixture.Embedding);
    }

    [Fact]
    public async Task EmbeddingsThatPassingFaultsStrike_AreTriedAgain_AtTheSameModel()
    {
        gateway.Simulator.Faults.Script(BothDialectsFixture.Embedding, Fault.Status(503));
        var calls = gateway.Simulator.Calls.Count;
        using var answer = await gateway.PostAsync("v1/embeddings", """{"model":"embed","input":"x"}""");
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        answer.Headers.GetValues("x-wye-attempts").ShouldBe(["2"]);
        gateway
            .Simulator.Calls.Snapshot()
            .Skip(calls)
            .Select(call => call.Model)
            .ShouldBe([BothDialectsFixture.Embedding, BothDialectsFixture.Embedding]);
    }

    [Theory]
    [InlineData(BothDialectsFixture.Anthropic, "files-api-2025-04-14, context-1m-2025-08-07", 200, null)]
    [InlineData(BothDialectsFixture.OpenAi, "files-api-2025-04-14", 200, "anthropic-beta")]
    [InlineData(BothDialectsFixture.Anthropic, "a;b=c", 400, null)]
    public async Task Betas_ReachAnthropicOnly_AndAreNamedAsDroppedElsewhere(
        string model,
        string betas,
        int status,
        string? dropped
    )
    {
        using var http = Client();
        http.DefaultRequestHeaders.TryAddWithoutValidation("anthropic-beta", betas);
        using var answer = await http.PostAsync(
            "v1/messages",
            new StringContent($$"""{"model":"{{model}}","max_tokens":50,"messages":[{"role":"user","content":"Hi"}]}""")
        );
        ((int)answer.StatusCode).ShouldBe(status);
        (answer.Headers.TryGetValues("x-wye-dropped", out var names) ? names.Single() : null).ShouldBe(dropped);
    }

    [Theory]
    [InlineData("v1/responses", """{"model":"MODEL","input":"Tell me of the sea","stream":false}""")]
    [InlineData("v1/completions", """{"model":"MODEL","prompt":"Tell me of the sea"}""")]
    public async Task EveryAnswer_CostsWhatTheUpstreamBills(string path, string body)
    {
        foreach (
            var model in new[] { BothDialectsFixture.OpenAi, BothDialectsFixture.Anthropic, BothDialectsFixture.Gemini }
        )
        {
            using var answer = await gateway.PostAsync(path, body.Replace("MODEL", model, StringComparison.Ordinal));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            var billed = gateway.Simulator.Bill.Snapshot().Last();
            billed.Model.ShouldBe(model);
            decimal.Parse(
                    answer.Headers.GetValues("x-wye-cost-usd").Single(),
                    System.Globalization.CultureInfo.InvariantCulture
                )
                .ShouldBe(billed.PicoUsd / 1_000_000_000_000m);
        }
    }

    [Fact]
    public async Task BrokenStreamOfResponses_EndsInAnErrorEvent_AndIsNotKept()
    {
        foreach (
            var model in new[] { BothDialectsFixture.OpenAi, BothDialectsFixture.Anthropic, BothDialectsFixture.Gemini }
        )
        {
            gateway.Simulator.Faults.Script(model, Fault.ErrorEvent(afterChunks: 2));
            using var answer = await gateway.PostAsync(
                "v1/responses",
                $$"""{"model":"{{model}}","stream":true,"input":"Tell me a story"}"""
            );
            var text = new StringBuilder();
            try
            {
                using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
                while (await reader.ReadLineAsync() is { } line)
                {
                    text.AppendLine(line);
                }
            }
            catch (Exception e) when (e is IOException or HttpRequestException)
            {
                // The connection is cut after the error: that is what the test is about.
            }

            var stream = text.ToString();
            stream.ShouldContain("event: error");
            stream.ShouldNotContain("response.completed");
            var id = stream[stream.IndexOf("resp_", StringComparison.Ordinal)..].Split('"')[0];
            using var http = Client();
            using var kept = await http.GetAsync($"v1/responses/{id}");
            kept.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        }
    }

    [Fact]
    public async Task KeptResponse_IsGivenWhole_AndAStreamOfItRefused()
    {
        using var made = await gateway.PostAsync("v1/responses", """{"model":"auto","input":"x"}""");
        var id = JsonElement.Parse(await made.Content.ReadAsStringAsync()).GetProperty("id").GetString();
        using var http = Client();
        using var whole = await http.GetAsync($"v1/responses/{id}?stream=false");
        whole.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var refused = await http.GetAsync($"v1/responses/{id}?stream=true");
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonElement.Parse(await refused.Content.ReadAsStringAsync()).GetProperty("error");
        error.GetProperty("param").GetString().ShouldBe("stream");
        error.GetProperty("message").GetString()!.ShouldContain("Leave 'stream' out.");
    }

    [Fact]
    public async Task Models_ComeInAnthropicsShape_ToWhoSendsItsVersion_PageByPage()
    {
        using var http = Client();
        http.DefaultRequestHeaders.Add("anthropic-version", "2023-06-01");
        List<string> ids = [];
        var after = "";
        while (true)
        {
            var page = JsonElement.Parse(await http.GetStringAsync($"v1/models?limit=2{after}"));
            page.GetProperty("data").GetArrayLength().ShouldBeLessThanOrEqualTo(2);
            foreach (var model in page.GetProperty("data").EnumerateArray())
            {
                model.GetProperty("type").GetString().ShouldBe("model");
                model.GetProperty("created_at").GetString().ShouldBe("1970-01-01T00:00:00Z");
                ids.Add(model.GetProperty("id").GetString()!);
            }

            if (!page.GetProperty("has_more").GetBoolean())
            {
                break;
            }

            after = $"&after_id={page.GetProperty("last_id").GetString()}";
        }

        using var plain = Client();
        var listed = JsonElement.Parse(await plain.GetStringAsync("v1/models")).GetProperty("data");
        ids.ShouldBe(listed.EnumerateArray().Select(model => model.GetProperty("id").GetString()!));
        var back = JsonElement.Parse(await http.GetStringAsync($"v1/models?limit=1&before_id={ids[2]}"));
        back.GetProperty("data")[0].GetProperty("id").GetString().ShouldBe(ids[1]);
        back.GetProperty("has_more").GetBoolean().ShouldBeTrue();
        JsonElement
            .Parse(await http.GetStringAsync("v1/models/embed"))
            .GetProperty("display_name")
            .GetString()
            .ShouldBe("embed");
        using var unknown = await http.GetAsync("v1/models/no/such");
        unknown.StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await unknown.Content.ReadAsStringAsync()).ShouldContain("\"type\":\"not_found_error\"");
        using var wrong = await http.GetAsync("v1/models?limit=0");
        wrong.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(
        "v1/chat/completions",
        """{"stream":STREAM,"model":"auto","messages":[{"role":"user","content":"x"}]}"""
    )]
    [InlineData(
        "v1/messages",
        """{"stream":STREAM,"model":"auto","max_tokens":9,"messages":[{"role":"user","content":"x"}]}"""
    )]
    [InlineData("v1/responses", """{"stream":STREAM,"model":"auto","input":"x"}""")]
    [InlineData("v1/completions", """{"stream":STREAM,"model":"auto","prompt":"x"}""")]
    public async Task EveryFace_ExplainsWhenAsked_StreamedOrNot(string path, string body)
    {
        foreach (var stream in new[] { "false", "true" })
        {
            using var http = Client();
            http.DefaultRequestHeaders.Add("x-wye-explain", "true");
            using var answer = await http.PostAsync(
                path,
                new StringContent(body.Replace("STREAM", stream, StringComparison.Ordinal))
            );
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
            (answer.Content.Headers.ContentType!.MediaType == "text/event-stream").ShouldBe(stream == "true");
            JsonElement
                .Parse(answer.Headers.GetValues("x-wye-explain").Single())
                .GetProperty("model")
                .GetString()
                .ShouldBe(answer.Headers.GetValues("x-wye-model").Single());
        }
    }

    [Fact]
    public async Task AContinuedResponse_IsExplainedToo_AndNobodyWhoDoesNotAsk()
    {
        using var first = await gateway.PostAsync("v1/responses", """{"model":"auto","input":"x"}""");
        first.Headers.Contains("x-wye-explain").ShouldBeFalse();
        var id = JsonElement.Parse(await first.Content.ReadAsStringAsync()).GetProperty("id").GetString();
        using var http = Client();
        http.DefaultRequestHeaders.Add("x-wye-explain", "true");
        using var next = await http.PostAsync(
            "v1/responses",
            new StringContent($$"""{"model":"auto","input":"y","previous_response_id":"{{id}}"}""")
        );
        next.StatusCode.ShouldBe(HttpStatusCode.OK);
        next.Headers.Contains("x-wye-explain").ShouldBeTrue();
    }

    [Theory]
    [InlineData("""[{"role":"user","content":[{"type":"input_file","file_id":"f"}]}]""", "input[0].content[0]")]
    [InlineData("""[{"role":"user","content":"y"},{"type":"item_reference","id":"i"}]""", "input[1]")]
    public async Task ARefusalOfAContinuedResponse_CountsTheCallersOwnItems(string input, string param)
    {
        using var first = await gateway.PostAsync("v1/responses", """{"model":"auto","input":"x"}""");
        var id = JsonElement.Parse(await first.Content.ReadAsStringAsync()).GetProperty("id").GetString();
        using var next = await gateway.PostAsync(
            "v1/responses",
            $$"""{"model":"auto","instructions":"Be brief.","input":{{input}},"previous_response_id":"{{id}}"}"""
        );
        next.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        var error = JsonElement.Parse(await next.Content.ReadAsStringAsync()).GetProperty("error");
        error.GetProperty("param").GetString().ShouldBe(param);
        error.GetProperty("message").GetString()!.ShouldContain($"'{param}'");
    }

    [Fact]
    public async Task EveryRequest_HasItsRowInTheLedger()
    {
        var ledger = gateway.Host.Services.GetRequiredService<ILedgerStore>();
        foreach (
            var (path, body) in new[]
            {
                ("v1/responses", """{"model":"gpt-4o-mini","input":"x"}"""),
                ("v1/completions", """{"model":"gpt-4o-mini","prompt":"x"}"""),
                ("v1/embeddings", """{"model":"embed","input":["x","y"]}"""),
            }
        )
        {
            using var answer = await gateway.PostAsync(path, body);
            var id = answer.Headers.GetValues("x-wye-request-id").Single();
            var row = await ledger.FindAsync(new(id), TestContext.Current.CancellationToken);
            row!.Request.Status.ShouldBe(200);
            row.Request.Estimated.ShouldBeFalse();
            row.Request.Cost.PicoDollars.ShouldBeGreaterThan(0);
        }
    }

    private static async Task<(HttpStatusCode, string?)> CodeOf(HttpResponseMessage answer) =>
        (
            answer.StatusCode,
            JsonElement
                .Parse(await answer.Content.ReadAsStringAsync())
                .GetProperty("error")
                .GetProperty("code")
                .GetString()
        );

    private HttpClient Client()
    {
        var http = new HttpClient { BaseAddress = gateway.Host.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", gateway.Key);
        return http;
    }
}
