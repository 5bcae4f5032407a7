using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Wye.Access;
using Wye.Quality;
using Wye.Simulator.Faults;

namespace Wye.Gateway.Learned;

/// <summary>Judgements over HTTP: kept, learned from at once and after a restart, and never from whoever did not ask.</summary>
public sealed class FeedbackTests : IAsyncLifetime
{
    private FeedbackWorld _world = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _world = await FeedbackWorld.StartAsync();

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task BadAnswers_TeachTheRouter_ForPromptsLikeThem_AndARestartKeepsIt()
    {
        var (bad, good) = await _world.TwoKindsAsync();
        for (var i = 0; i < 25; i++)
        {
            await _world.AskAndJudgeAsync(bad, "weak", "\"good\": false");
            await _world.AskAndJudgeAsync(good, "weak", "\"good\": true");
        }

        var (model, why, _) = await _world.AskAsync(bad);
        model.ShouldBe("middling");
        why.ShouldEndWith("-> middling, with 50 outcomes of others");
        (model, why, _) = await _world.AskAsync(good);
        model.ShouldBe("weak");
        why.ShouldEndWith("-> weak, corrected by 50 outcomes");
        var before = await _world.ExplainAsync(bad);
        before.GetProperty("candidates")[0].GetProperty("source").GetString().ShouldBe("outcomes");
        before.GetProperty("candidates")[0].GetProperty("correction").GetDouble().ShouldBeLessThan(-0.2);
        before.GetProperty("outcomes").GetProperty("used").GetInt32().ShouldBe(50);

        await _world.ReloadAsync();
        (await _world.AskAsync(bad)).Model.ShouldBe("middling");
        await _world.RestartAsync();
        (await _world.AskAsync(bad)).Why.ShouldEndWith("-> middling, with 50 outcomes of others");
        Text(await _world.ExplainAsync(bad)).ShouldBe(Text(before), "to the last digit");
    }

    [Fact]
    public async Task LastJudgement_Counts_AndTheEarlierOneIsTakenBackWhole()
    {
        var (bad, _) = await _world.TwoKindsAsync();
        var untouched = await _world.ExplainAsync(bad);
        var (_, _, id) = await _world.AskAsync(bad);
        await _world.JudgeAsync(id, "\"score\": 0.75");
        var once = Text(await _world.ExplainAsync(bad));
        for (var i = 0; i < 30; i++)
        {
            await _world.JudgeAsync(id, "\"good\": false");
        }

        (await _world.AskAsync(bad)).Model.ShouldBe("weak", "one request is one judgement");
        var correction = Correction(await _world.ExplainAsync(bad));
        correction.ShouldBeInRange(-0.05, -0.01, "one judgement moves no more than that");
        var (status, answer) = await _world.JudgeAsync(id, "\"score\": 0.75, \"comment\": \"better than I thought\"");
        status.ShouldBe(HttpStatusCode.OK);
        answer.GetRawText().ShouldBe($$"""{"request_id":"{{id}}","model":"weak","score":0.75,"taught":true}""");
        Text(await _world.ExplainAsync(bad)).ShouldBe(once);
        once.ShouldNotBe(Text(untouched));

        var row = await _world.GetAsync($"admin/requests/{id}");
        row.GetProperty("feedback").GetProperty("score").GetDouble().ShouldBe(0.75);
        row.GetProperty("feedback").GetProperty("comment").GetString().ShouldBe("better than I thought");
        row.GetProperty("expected_quality").GetDouble().ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public async Task OnlyWhoAsked_MayJudge()
    {
        var ring = _world.Gateway.Services.GetRequiredService<KeyRing>();
        var asker = (await ring.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        var other = (await ring.CreateAsync(AccessRole.DataPlane, Token)).Reveal();
        var (_, _, id) = await _world.AskAsync(FeedbackWorld.Easy, key: asker);

        foreach (var key in (string?[])[other, null])
        {
            var (status, answer) = await _world.JudgeAsync(id, "\"good\": false", key);
            status.ShouldBe(HttpStatusCode.NotFound);
            Code(answer).ShouldBe("unknown_request");
        }

        (await _world.GetAsync($"admin/requests/{id}")).TryGetProperty("feedback", out _).ShouldBeFalse();
        (await _world.JudgeAsync(id, "\"good\": false", asker)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task UnknownRequest_Is404_WithTheFix_InTheCallersEnvelope()
    {
        var (status, answer) = await _world.JudgeAsync("req_nobody", "\"good\": true");
        status.ShouldBe(HttpStatusCode.NotFound);
        answer
            .GetProperty("error")
            .GetProperty("message")
            .GetString()
            .ShouldBe(
                "No request with this id was made with this key. Send the id that the answer's x-wye-request-id named, with the key that asked."
            );

        (_, answer) = await _world.JudgeAsync("req_nobody", "\"good\": true", anthropic: true);
        answer.GetProperty("type").GetString().ShouldBe("error");
    }

    [Theory]
    [InlineData("\"score\": 1.01", "score", "score takes a number in 0..1.")]
    [InlineData("\"score\": -0.01", "score", "score takes a number in 0..1.")]
    [InlineData("\"score\": \"1\"", "score", "score takes a number in 0..1.")]
    [InlineData("\"good\": 1", "good", "good takes true or false.")]
    [InlineData("\"comment\": null", "score", "Say either score, a number in 0..1, or good, true or false.")]
    [InlineData("\"good\": true, \"score\": 1", "score", "Say either score, a number in 0..1, or good, true or false.")]
    [InlineData(
        "\"good\": true, \"stars\": 5",
        null,
        "Feedback has no field 'stars'. There are: request_id, score or good, comment."
    )]
    [InlineData("\"good\": true, \"good\": false", null, "The body must be one JSON object without duplicate members.")]
    public async Task WrongBody_NamesTheField(string rest, string? field, string message)
    {
        var (status, answer) = await _world.JudgeAsync("req_x", rest);
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer.GetProperty("error").GetProperty("message").GetString().ShouldBe(message);
        answer.GetProperty("error").GetProperty("param").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task Comment_IsBounded()
    {
        var (status, answer) = await _world.JudgeAsync(
            "req_x",
            $"\"good\": true, \"comment\": \"{new string('a', 1001)}\""
        );
        status.ShouldBe(HttpStatusCode.BadRequest);
        answer
            .GetProperty("error")
            .GetProperty("message")
            .GetString()
            .ShouldBe("comment takes a text of at most 1000 characters, or null.");
    }

    [Fact]
    public async Task WhatTheRouterDidNotDecide_IsKept_AndTeachesNothing()
    {
        var (_, _, named) = await _world.AskAsync(FeedbackWorld.Easy, route: "strong");
        Reason(await _world.JudgeAsync(named, "\"good\": true")).ShouldBe("the policy 'learned' did not decide it");

        _world.Simulator.Faults.Always("gpt-4o-mini", Fault.Status(500));
        var (model, _, fallen) = await _world.AskAsync(FeedbackWorld.Easy);
        model.ShouldNotBe("weak");
        Reason(await _world.JudgeAsync(fallen, "\"good\": true"))
            .ShouldBe("another model answered than the router chose, or it kept no expectation");

        (await _world.ExplainAsync(FeedbackWorld.Easy))
            .GetProperty("outcomes")
            .GetProperty("used")
            .GetInt32()
            .ShouldBe(0);
    }

    [Fact]
    public async Task FailedRequest_HasNothingToJudge()
    {
        foreach (var model in (string[])["gpt-4o-mini", "gpt-4o", "claude-opus-4-5"])
        {
            _world.Simulator.Faults.Always(model, Fault.Status(500));
        }

        var (_, _, id) = await _world.AskAsync(FeedbackWorld.Easy, fails: true);
        var (status, answer) = await _world.JudgeAsync(id, "\"good\": false");
        status.ShouldBe(HttpStatusCode.BadRequest);
        Code(answer).ShouldBe("nothing_to_judge");
    }

    [Fact]
    public async Task JudgementsUnderAnotherRouterFile_TeachNothing_AndAreCounted()
    {
        var (_, _, early) = await _world.AskAsync(FeedbackWorld.Easy);
        var (_, _, late) = await _world.AskAsync(FeedbackWorld.Easy);
        (await _world.JudgeAsync(early, "\"good\": false")).Answer.GetProperty("taught").GetBoolean().ShouldBeTrue();

        await _world.WriteRouterAsync(TinyRouter.Manifest with { Name = "renamed", Threshold = 0.5 });
        await _world.RestartAsync();
        Used(await _world.ExplainAsync(FeedbackWorld.Easy))
            .ShouldBe((1, 0), "a name or threshold is not another router");

        await _world.WriteRouterAsync(TinyRouter.Manifest, FeedbackWorld.OtherRouter());
        await _world.RestartAsync();
        Used(await _world.ExplainAsync(FeedbackWorld.Easy)).ShouldBe((0, 1));
        Reason(await _world.JudgeAsync(late, "\"good\": false"))
            .ShouldBe("it was decided by another router file, or with another profile of the model");
        Correction(await _world.ExplainAsync(FeedbackWorld.Easy)).ShouldBe(0);
        Used(await _world.ExplainAsync(FeedbackWorld.Easy)).ShouldBe((0, 2));
    }

    [Fact]
    public async Task FeedbackThatIsOff_IsKept_AndTeachesNothing()
    {
        var (bad, _) = await _world.TwoKindsAsync();
        for (var i = 0; i < 25; i++)
        {
            await _world.AskAndJudgeAsync(bad, model: null, "\"good\": false");
        }

        (await _world.AskAsync(bad)).Model.ShouldBe("middling");
        _world.Learning = "feedback: false";
        await _world.RestartAsync();
        var (model, _, id) = await _world.AskAsync(bad);
        model.ShouldBe("weak");
        Reason(await _world.JudgeAsync(id, "\"good\": false")).ShouldBe("learning.feedback is off");
        (await _world.ExplainAsync(bad)).TryGetProperty("outcomes", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task StoreThatCannotBeWritten_IsTold_AndNothingIsLearned()
    {
        var (_, _, id) = await _world.AskAsync(FeedbackWorld.Easy);
        using (_world.LockStore())
        {
            var (status, answer) = await _world.JudgeAsync(id, "\"good\": false");
            ((int)status).ShouldBeGreaterThanOrEqualTo(500);
            Code(answer).ShouldBe("ledger_unavailable");
        }

        Used(await _world.ExplainAsync(FeedbackWorld.Easy)).ShouldBe((0, 0));
        (await _world.JudgeAsync(id, "\"good\": false")).Status.ShouldBe(HttpStatusCode.OK);
        Used(await _world.ExplainAsync(FeedbackWorld.Easy)).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Judgements_AreCountedInMetrics()
    {
        var (_, _, id) = await _world.AskAsync(FeedbackWorld.Easy);
        await _world.JudgeAsync(id, "\"good\": true");
        (await _world.TextAsync("metrics")).ShouldMatch(
            "wye_feedback[a-z_]*\\{.*model=\"weak\".*taught=\"true\".*\\} 1"
        );
    }

    // What is expected, without the latencies that were observed meanwhile.
    private static string Text(JsonElement learned) =>
        Regex.Replace(learned.GetRawText(), "\"latency_ms\":[^,]*,", "", RegexOptions.None, TimeSpan.FromSeconds(5));

    private static string? Code(JsonElement answer) => answer.GetProperty("error").GetProperty("code").GetString();

    private static string? Reason((HttpStatusCode Status, JsonElement Answer) judged)
    {
        judged.Status.ShouldBe(HttpStatusCode.OK);
        judged.Answer.GetProperty("taught").GetBoolean().ShouldBeFalse();
        return judged.Answer.GetProperty("reason").GetString();
    }

    private static double Correction(JsonElement learned) =>
        learned.GetProperty("candidates")[0].GetProperty("correction").GetDouble();

    private static (int Used, int Idle) Used(JsonElement learned) =>
        (
            learned.GetProperty("outcomes").GetProperty("used").GetInt32(),
            learned.GetProperty("outcomes").GetProperty("of_another_router").GetInt32()
        );
}
