using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Wye.Ledger;
using Wye.Primitives;
using Wye.Simulator.Answers;

namespace Wye.Gateway.Money;

/// <summary>Degrade before refuse, from the caller's header to the bill.</summary>
public sealed class DegradeTests(DegradeFixture gateway) : IClassFixture<DegradeFixture>
{
    private const string Small = "gpt-4o-mini";
    private const string Medium = "gpt-4o";
    private const string Large = "claude-opus-4-5";

    public static TheoryData<string, bool> Ways { get; } =
        new(from route in new[] { "auto", "ruled" } from stream in new[] { false, true } select (route, stream));

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task ALargeModelThatDoesNotFit_IsReplacedByTheNextThatFits_AndSaysSo(string route, bool stream)
    {
        var billed = gateway.Simulator.Bill.Snapshot().Count;

        using var response = await AskAsync(route, "pinched", stream: stream);

        ((int)response.StatusCode).ShouldBe(200);
        Header(response, "x-wye-model").ShouldBe(Medium);
        Header(response, "x-wye-degraded").ShouldBe($"{Large} -> {Medium}");
        Header(response, "x-wye-why").ShouldEndWith($"; sim/{Large} over budget -> sim/{Medium}");
        await response.Content.ReadAsStringAsync();
        await gateway.Simulator.Bill.WaitForQuiescenceAsync();
        var lines = gateway.Simulator.Bill.Snapshot().Skip(billed).ToList();
        lines.ShouldHaveSingleItem().Model.ShouldBe(Medium);
        var row = (await RecordAsync(response)).Request;
        row.Cost.PicoDollars.ShouldBe((long)lines[0].PicoUsd);
        row.Model.ShouldBe(new ModelId(Medium));
        row.Tier.ShouldBe(new TierName("medium"));
        row.Strong.ShouldBe(new ModelId(Large));
        row.Counterfactual!.Strong!.Value.Expected.ShouldBe(row.StrongCost!.Value);
        row.StrongCost.Value.ShouldBeGreaterThan(
            row.Cost,
            "what was saved is measured against the model that was wanted"
        );
    }

    [Fact]
    public async Task WhenOnlyTheSmallestFits_ItAnswers()
    {
        using var response = await AskAsync("auto", "poor");

        Header(response, "x-wye-model").ShouldBe(Small);
        Header(response, "x-wye-why")
            .ShouldEndWith($"; sim/{Large} over budget -> sim/{Medium} over budget -> sim/{Small}");
    }

    [Fact]
    public async Task WhenNothingFits_TheRefusalNamesTheBudget()
    {
        var calls = gateway.Simulator.Calls.Snapshot().Count;

        using var response = await AskAsync("auto", "broke");

        ((int)response.StatusCode).ShouldBe(402);
        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        error.RootElement.GetProperty("error").GetProperty("message").GetString().ShouldStartWith("Budget 'broke'");
        gateway.Simulator.Calls.Snapshot().Count.ShouldBe(calls);
    }

    [Theory]
    [InlineData("auto", "x-wye-priority", "critical")]
    [InlineData("ruled", "x-wye-priority", "critical")]
    [InlineData("ruled", "x-wye-step-kind", "safety")]
    [InlineData("strict", "x-wye-priority", "normal")]
    [InlineData(Large, "x-wye-priority", "normal")]
    public async Task CriticalNamedAndStrictRequests_AreRefused(string model, string header, string value)
    {
        var calls = gateway.Simulator.Calls.Snapshot().Count;

        using var response = await AskAsync(model, "pinched", header: (header, value));

        ((int)response.StatusCode).ShouldBe(402);
        using var error = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        error.RootElement.GetProperty("error").GetProperty("code").GetString().ShouldBe("budget_exceeded");
        response.Headers.Contains("x-wye-degraded").ShouldBeFalse();
        gateway.Simulator.Calls.Snapshot().Count.ShouldBe(calls);
    }

    [Fact]
    public async Task AModelLine_NamesAModelToo()
    {
        using var response = await AskAsync("auto", "pinched", question: $"/model {Large}\nHello");

        ((int)response.StatusCode).ShouldBe(402);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACriticalCascade_DoesNotMakeDoWithARefusedAnswer(bool critical)
    {
        gateway.Simulator.Answers.Script(Small, _ => SimulatedAnswer.Of("2 + 3 = 6"));

        using var response = await AskAsync(
            "staged",
            "pinched",
            question: $"How many are 2 and 3? {critical}",
            header: ("x-wye-priority", critical ? "critical" : "normal")
        );

        gateway.Simulator.Answers.Clear();
        ((int)response.StatusCode).ShouldBe(critical ? 402 : 200);
        Header(response, "x-wye-model").ShouldBe(critical ? "none" : Small);
    }

    [Fact]
    public async Task ARunThatNearsItsEnd_GetsSmallerModels_AndIsNotRefused()
    {
        var models = new List<string>();
        var spent = Usd.Zero;
        for (var i = 0; i < 12; i++)
        {
            using var response = await AskAsync("auto", "free", question: $"Question {i}", header: ("x-wye-run", "a"));
            ((int)response.StatusCode).ShouldBe(200);
            models.Add(Header(response, "x-wye-model"));
            spent += (await RecordAsync(response)).Request.Cost;
        }

        models[0].ShouldBe(Large);
        models[^1].ShouldNotBe(Large);
        models.ShouldBe([.. models.OrderByDescending(model => model == Large)], "money does not come back");
        spent.ShouldBeLessThanOrEqualTo(Usd.FromDollars(DegradeFixture.Limit));
    }

    private async Task<HttpResponseMessage> AskAsync(
        string model,
        string tag,
        bool stream = false,
        string question = "Design a database.",
        (string Name, string Value)? header = null
    )
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions")
        {
            Content = new StringContent(
                JsonSerializer.Serialize(
                    new
                    {
                        model,
                        stream,
                        max_tokens = 1_100,
                        messages = new[] { new { role = "user", content = question } },
                    }
                ),
                Encoding.UTF8,
                "application/json"
            ),
        };
        request.Headers.Add("x-wye-tags", tag);
        if (header?.Name != "x-wye-step-kind")
        {
            request.Headers.Add("x-wye-step-kind", "design");
        }

        if (header is { } more)
        {
            request.Headers.Add(more.Name, more.Value);
        }

        return await gateway.Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    private async Task<LedgerRecord> RecordAsync(HttpResponseMessage response)
    {
        var store = gateway.Host.Services.GetRequiredService<ILedgerStore>();
        var id = new RequestId(Header(response, "x-wye-request-id"));
        return (await store.FindAsync(id, TestContext.Current.CancellationToken))!;
    }

    private static string Header(HttpResponseMessage response, string name) =>
        response.Headers.GetValues(name).Single();
}
