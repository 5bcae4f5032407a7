using System.Collections.Frozen;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Testing;

namespace Wye.Routing;

public class RouterEligibilityTests
{
    [Theory]
    [InlineData(ChatFeatures.Tools, Capabilities.Tools, "cannot call tools")]
    [InlineData(ChatFeatures.ToolRequired, Capabilities.Tools, "cannot call tools")]
    [InlineData(ChatFeatures.Images, Capabilities.Vision, "cannot read images")]
    [InlineData(ChatFeatures.Audio, Capabilities.Audio, "cannot take audio")]
    [InlineData(ChatFeatures.Files, Capabilities.Files, "cannot read files")]
    [InlineData(ChatFeatures.JsonMode, Capabilities.JsonMode, "has no JSON mode")]
    [InlineData(ChatFeatures.JsonSchema, Capabilities.JsonSchema, "cannot follow a JSON schema")]
    [InlineData(ChatFeatures.LogProbs, Capabilities.LogProbs, "gives no log-probabilities")]
    [InlineData(ChatFeatures.Reasoning, Capabilities.Reasoning, "takes no reasoning setting")]
    public void Capability_ThatIsAskedAndMissing_RemovesTheModel(ChatFeatures asked, Capabilities needed, string reason)
    {
        var able = A.PoolModel("able");
        var unable = A.PoolModel("unable", capabilities: A.AllCapabilities & ~needed);
        var world = new RoutingWorld(A.Pool([able, unable]));
        var result = world.Plan(A.Asked("hi", features: asked));
        RoutingWorld.Left(result).ShouldBe(["able"]);
        result.Removals.ShouldBe([new Removal(unable.Id, null, reason) { Cause = RemovalCause.Capability }]);
        RoutingWorld.Left(world.Plan(A.Asked("hi"))).ShouldBe(["able", "unable"]);
    }

    [Fact]
    public void Prefill_IsToBeContinued_UnlessTheCallerSpeaksOpenAi_WhoseServersAnswerItAsAnyOther()
    {
        var provider = A.PoolProvider("anthropic") with { Dialect = "anthropic" };
        var (able, unable) = (A.PoolModel("able"), Unable("unable"));
        var (elsewhere, mixed) = (Unable("elsewhere"), Unable("mixed"));
        var world = new RoutingWorld(
            A.Pool(
                [able, unable, elsewhere, mixed],
                deployments:
                [
                    A.PoolDeployment(able, provider),
                    A.PoolDeployment(unable),
                    A.PoolDeployment(elsewhere, provider),
                    A.PoolDeployment(mixed),
                    A.PoolDeployment(mixed, provider),
                ]
            )
        );

        var continued = world.Plan(
            A.Asked("hi", features: ChatFeatures.AssistantPrefill, dialect: DialectId.Anthropic)
        );
        RoutingWorld.Left(continued).ShouldBe(["able"]);
        continued.Removals.ShouldAllBe(removal => removal.Reason == "cannot continue an assistant message");

        var answered = world.Plan(A.Asked("hi", features: ChatFeatures.AssistantPrefill));
        RoutingWorld.Left(answered).ShouldBe(["able", "unable"]);
        answered.Removals.ShouldAllBe(removal =>
            removal.Reason == "takes no conversation that ends with the assistant's message"
        );
        answered.Removals.Length.ShouldBe(2);

        static Model Unable(string id) =>
            A.PoolModel(id, capabilities: A.AllCapabilities & ~Capabilities.AssistantPrefill);
    }

    [Fact]
    public void Streaming_IsDemandedOfStreamedRequestsOnly()
    {
        var world = new RoutingWorld(
            A.Pool([
                A.PoolModel("able"),
                A.PoolModel("unable", capabilities: A.AllCapabilities & ~Capabilities.Streaming),
            ])
        );
        RoutingWorld.Left(world.Plan(A.Asked("hi", stream: true))).ShouldBe(["able"]);
        RoutingWorld.Left(world.Plan(A.Asked("hi"))).ShouldBe(["able", "unable"]);
    }

    [Fact]
    public void RequestThatNoModelCanTake_IsTheCallersFault_WithEveryReason()
    {
        var world = new RoutingWorld(A.Pool([A.PoolModel("plain", capabilities: Capabilities.None)]));
        var error = world.Plan(A.Asked("hi", features: ChatFeatures.Images | ChatFeatures.Tools, stream: true)).Error!;
        error.Kind.ShouldBe(FailureKind.BadRequest);
        error.Code.ShouldBe("unsupported_feature");
        error.Message.ShouldBe(
            "No model can do what the request asks on route 'auto': plain cannot stream, cannot call tools, cannot read images."
        );
    }

    [Fact]
    public void ContextWindow_IsComparedWithTheEstimatePlusTheOutputAsked()
    {
        var world = new RoutingWorld(
            A.Pool([A.PoolModel("tiny", context: 4_000), A.PoolModel("wide", context: 200_000)])
        );
        var text = new string('a', 12_000);
        RoutingWorld.Left(world.Plan(A.Asked(text, maxTokens: 500))).ShouldBe(["tiny", "wide"]);
        var result = world.Plan(A.Asked(text, maxTokens: 1_000));
        RoutingWorld.Left(result).ShouldBe(["wide"]);
        result.Removals[0].Reason.ShouldMatch(@"^context 4000 < 4\d\d\d tokens needed \(estimated\)$");
        result.Removals[0].Cause.ShouldBe(RemovalCause.ContextWindow);
    }

    [Fact]
    public void RequestThatFitsNoWindow_IsAContextLengthError()
    {
        var world = new RoutingWorld(A.Pool([A.PoolModel("tiny", context: 1_000)]));
        var error = world.Plan(A.Asked(new string('a', 12_000))).Error!;
        error.Kind.ShouldBe(FailureKind.ContextLength);
        error.Code.ShouldBe("context_length_exceeded");
    }

    [Fact]
    public void OutputAskedAboveTheLimit_RemovesTheModel()
    {
        var world = new RoutingWorld(
            A.Pool([A.PoolModel("short", maxOutput: 4_096), A.PoolModel("long", maxOutput: 64_000)])
        );
        var result = world.Plan(A.Asked("hi", maxTokens: 8_000));
        RoutingWorld.Left(result).ShouldBe(["long"]);
        result.Removals[0].Reason.ShouldBe("output limit 4096 < 8000 tokens asked");
        var error = world.Plan(A.Asked("hi", maxTokens: 65_000)).Error!;
        error.Kind.ShouldBe(FailureKind.BadRequest);
        error.Param.ShouldBe("max_tokens");
    }

    [Fact]
    public void Region_RemovesDeploymentsAndModelsOutsideIt_AndUnknownMeetsNone()
    {
        var (both, us, unknown) = (A.PoolModel("both"), A.PoolModel("us"), A.PoolModel("unknown"));
        var world = new RoutingWorld(
            A.Pool(
                [both, us, unknown],
                route => route with { Regions = ["EU", "local"] },
                [
                    A.PoolDeployment(both, A.PoolProvider("eu", "eu")),
                    A.PoolDeployment(both, A.PoolProvider("us", "us")),
                    A.PoolDeployment(us, A.PoolProvider("us", "us")),
                    A.PoolDeployment(unknown, A.PoolProvider("x", region: null)),
                ]
            )
        );
        var result = world.Plan(A.Asked("hi"));
        RoutingWorld.Left(result).ShouldBe(["both"]);
        result.Candidates[0].Deployments.ShouldHaveSingleItem().Id.Value.ShouldBe("eu/both");
        result
            .Removals.Select(removal => $"{removal.Model} {removal.Deployment}: {removal.Reason}")
            .ShouldBe([
                "both us/both: region us is not EU or local",
                "us : region us is not EU or local",
                "unknown : region unknown is not EU or local",
            ]);
    }

    [Fact]
    public void Compliance_DemandsEveryTag()
    {
        var (full, half) = (A.PoolModel("full"), A.PoolModel("half"));
        var world = new RoutingWorld(
            A.Pool(
                [full, half],
                route => route with { Compliance = ["hipaa", "zero-retention"] },
                [
                    A.PoolDeployment(full, A.PoolProvider("a", "us", "zero-retention", "HIPAA")),
                    A.PoolDeployment(half, A.PoolProvider("b", "us", "hipaa")),
                ]
            )
        );
        var result = world.Plan(A.Asked("hi"));
        RoutingWorld.Left(result).ShouldBe(["full"]);
        result.Removals[0].Reason.ShouldBe("provider b is not zero-retention");
    }

    [Fact]
    public void Retirement_RemovesTheModelFromItsDayOn()
    {
        var world = new RoutingWorld(
            A.Pool([A.PoolModel("old", retires: new DateOnly(2026, 1, 2)), A.PoolModel("new")])
        );
        RoutingWorld.Left(world.Plan(A.Asked("hi"))).ShouldBe(["old", "new"]);
        world.Time.Advance(TimeSpan.FromDays(1));
        var result = world.Plan(A.Asked("hi"));
        RoutingWorld.Left(result).ShouldBe(["new"]);
        result.Removals[0].Reason.ShouldBe("retired on 2026-01-02");
    }

    [Fact]
    public void ModelThatIsNotServed_IsRemovedFromARouteAndRefusedWhenNamed()
    {
        var (served, idle) = (A.PoolModel("served"), A.PoolModel("idle"));
        var world = new RoutingWorld(A.Pool([served, idle], deployments: [A.PoolDeployment(served)]));
        world.Plan(A.Asked("hi")).Removals[0].Reason.ShouldBe("no deployment serves it");
        var error = world.Plan(A.Asked("hi", model: "idle")).Error!;
        error.Kind.ShouldBe(FailureKind.NoneAvailable);
        error.Message.ShouldBe("No model is eligible on model 'idle': idle no deployment serves it.");
    }

    [Fact]
    public void Grant_RemovesModelsTheKeyMayNotUse()
    {
        var world = new RoutingWorld();
        var grant = new RoutingGrant { Models = new[] { new ModelId("mini") }.ToFrozenSet() };
        var result = world.Plan(A.Asked("hi"), grant);
        RoutingWorld.Left(result).ShouldBe(["mini"]);
        result.Removals.Length.ShouldBe(5);
        result.Removals.ShouldAllBe(removal => removal.Cause == RemovalCause.NotAllowed);
        world.Plan(A.Asked("hi", model: "opus"), grant).Error!.Kind.ShouldBe(FailureKind.ModelNotFound);
    }

    [Fact]
    public void NamedModelThatCannotTakeTheRequest_IsRefused_NotReplaced()
    {
        var blind = A.PoolModel("blind", capabilities: Capabilities.None);
        var world = new RoutingWorld(A.Pool([blind, A.PoolModel("seeing")]));
        var result = world.Plan(A.Asked("hi", model: "blind", features: ChatFeatures.Images));
        result.Error!.Kind.ShouldBe(FailureKind.BadRequest);
        result.Error.Message.ShouldContain("model 'blind': blind cannot read images");
    }
}
