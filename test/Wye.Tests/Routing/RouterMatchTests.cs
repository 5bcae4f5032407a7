using System.Collections.Frozen;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Routing;

public class RouterMatchTests
{
    [Fact]
    public void Route_IsFoundByItsName()
    {
        var result = new RoutingWorld().Plan(A.Asked("hi"));
        result.Plan!.Route.ShouldBe(new RouteName("auto"));
        result.Plan.Policy.ShouldBe("static");
    }

    [Fact]
    public void Alias_LeadsToARouteOrAModel()
    {
        var world = WithAliases(("best", "opus"), ("default", "auto"), ("gone", "nothing"));
        RoutingWorld.Models(world.Plan(A.Asked("hi", model: "best")))[0].ShouldBe("opus");
        world.Plan(A.Asked("hi", model: "default")).Plan!.Route.Value.ShouldBe("auto");
        world.Plan(A.Asked("hi", model: "gone")).Error!.Kind.ShouldBe(FailureKind.ModelNotFound);
    }

    [Fact]
    public void Route_StandsBeforeAnAliasAndAModelOfItsName()
    {
        var models = A.UsualModels().Append(A.PoolModel("auto", "large")).ToList();
        var world = new RoutingWorld(
            A.Pool(models, change: snapshot => snapshot with { Aliases = Aliases(("auto", "opus")) })
        );
        world.Plan(A.Asked("hi")).Plan!.Policy.ShouldBe("static");
    }

    [Fact]
    public void Alias_StandsBeforeAModelOfItsName()
    {
        var world = WithAliases(("mini", "opus"));
        RoutingWorld.Models(world.Plan(A.Asked("hi", model: "mini")))[0].ShouldBe("opus");
    }

    [Fact]
    public void Model_IsTakenAsNamed_WithFallbacksOfItsTierOnly()
    {
        var result = new RoutingWorld().Plan(A.Asked("Prove that 2 > 1.", model: "mini"));
        RoutingWorld.Models(result).ShouldBe(["mini", "haiku"]);
        result.Plan!.Why.ShouldBe("explicit: mini named by the caller");
        result.Plan.Strong!.Id.Value.ShouldBe("mini");
    }

    [Fact]
    public void Model_TakesTheFallbacksOfTheExplicitRules()
    {
        var world = new RoutingWorld(
            A.Pool(
                A.UsualModels(),
                change: snapshot =>
                    snapshot with
                    {
                        Explicit = snapshot.Explicit with { Fallbacks = [new ModelId("opus"), new ModelId("gpt")] },
                    }
            )
        );
        RoutingWorld.Models(world.Plan(A.Asked("hi", model: "mini"))).ShouldBe(["mini", "opus", "gpt"]);
    }

    [Fact]
    public void UnknownModel_IsRefusedWithTheNearestNames()
    {
        var error = new RoutingWorld().Plan(A.Asked("hi", model: "sonet")).Error!;
        error.Kind.ShouldBe(FailureKind.ModelNotFound);
        error.Code.ShouldBe("model_not_found");
        error.Param.ShouldBe("model");
        error.Message.ShouldBe(
            "Model 'sonet' is not known. Did you mean 'sonnet'? Ask for a route, an alias or a model; /v1/models lists them."
        );
    }

    [Fact]
    public void UnknownModel_IsCutAndEscapedInTheMessage()
    {
        var error = new RoutingWorld().Plan(A.Asked("hi", model: "a\r\nx-evil: 1'" + new string('z', 200))).Error!;
        error.Message.ShouldStartWith("Model 'a\\u000d\\u000ax-evil: 1\\u0027zzz");
        error.Message.ShouldContain("zzz...' is not known. Ask for");
        error.Message.Length.ShouldBeLessThan(250);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("\uD800")]
    public void OddNames_AreRefusedNotThrown(string name) =>
        new RoutingWorld().Plan(A.Asked("hi", model: name)).Error!.Kind.ShouldBe(FailureKind.ModelNotFound);

    [Fact]
    public void Directive_IsHonouredWhereTheRouteAllowsIt()
    {
        var directive = new ModelDirective("opus", new ByteRange(3, 4));
        var allowed = new RoutingWorld(A.Pool(A.UsualModels(), route => route with { AllowModelDirective = true }));
        var honoured = allowed.Plan(A.Asked("/model opus\nhi", directive: directive));
        RoutingWorld.Models(honoured)[0].ShouldBe("opus");
        honoured.Plan!.CutDirective.ShouldBeTrue();
        honoured.Plan.Why.ShouldBe("explicit: opus named in a /model line");

        var ignored = new RoutingWorld().Plan(A.Asked("hi", directive: directive));
        RoutingWorld.Models(ignored)[0].ShouldBe("gpt");
        ignored.Plan!.CutDirective.ShouldBeFalse();
    }

    [Theory]
    [InlineData("/model opus")]
    [InlineData("/model opus\r\n")]
    [InlineData("/model opus\n \t\n")]
    public void Directive_WithNothingBelowIt_IsRefused_SinceAnEmptyPromptWouldBeSent(string prompt)
    {
        var directive = new ModelDirective("opus", new ByteRange(3, 4));
        var allowed = new RoutingWorld(A.Pool(A.UsualModels(), route => route with { AllowModelDirective = true }));

        var error = allowed.Plan(A.Asked(prompt, system: "Be brief.", directive: directive)).Error!;
        (error.Kind, error.Code).ShouldBe((FailureKind.BadRequest, "empty_prompt"));
        error.Message.ShouldBe(
            "The last user message holds nothing but the line '/model opus', which is not sent on. Write the prompt below that line, in the same message."
        );

        var withImage = A.Asked(prompt, features: ChatFeatures.Images, directive: directive);
        allowed.Plan(withImage).Error?.Code.ShouldNotBe("empty_prompt");
        new RoutingWorld().Plan(A.Asked(prompt, directive: directive)).Plan.ShouldNotBeNull("no line is cut there");
    }

    [Theory]
    [InlineData(
        "openai",
        """{"role":"user","content":[{"type":"text","text":"/model opus"},{"type":"text","text":"And?"}]}"""
    )]
    [InlineData(
        "anthropic",
        """{"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":"19"},{"type":"text","text":"/model opus"}]}"""
    )]
    public void Directive_BesideOtherTextOfItsMessage_IsHonoured(string dialect, string message)
    {
        var body = $$"""{"model":"auto","max_tokens":9,"messages":[{"role":"user","content":"Hi"},{{message}}]}""";
        using var request = Dialects.Faces.Read(Dialects.Faces.Caller(dialect), body);
        request.Directive.ShouldNotBeNull();
        var allowed = new RoutingWorld(A.Pool(A.UsualModels(), route => route with { AllowModelDirective = true }));

        RoutingWorld.Models(allowed.Plan(request))[0].ShouldBe("opus");
    }

    [Fact]
    public void Directive_ThatNamesNothingKnown_IsRefusedUnderItsOwnName()
    {
        var world = new RoutingWorld(A.Pool(A.UsualModels(), route => route with { AllowModelDirective = true }));
        var result = world.Plan(A.Asked("hi", directive: new ModelDirective("opsu", default)));
        result.Error!.Message.ShouldStartWith("Model 'opsu' is not known. Did you mean 'opus'?");
    }

    [Fact]
    public void Reload_IsSeenByTheNextRequest()
    {
        var world = new RoutingWorld();
        RoutingWorld.Models(world.Plan(A.Asked("hi")))[0].ShouldBe("gpt");
        var reloaded = A.Pool(A.UsualModels(), route => route with { Tier = new TierName("large") });
        var result = world.Router.Plan(A.Asked("hi"), reloaded, RoutingWorld.Key);
        RoutingWorld.Models(result)[0].ShouldBe("o1");
        RoutingWorld.Models(world.Plan(A.Asked("hi")))[0].ShouldBe("gpt");
    }

    private static RoutingWorld WithAliases(params (string, string)[] aliases) =>
        new(A.Pool(A.UsualModels(), change: snapshot => snapshot with { Aliases = Aliases(aliases) }));

    private static FrozenDictionary<string, string> Aliases(params (string Name, string Target)[] aliases) =>
        aliases.ToFrozenDictionary(alias => alias.Name, alias => alias.Target, StringComparer.Ordinal);
}
