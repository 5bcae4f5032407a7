using FsCheck;
using FsCheck.Fluent;
using Wye.Primitives;
using Wye.Sessions;
using Wye.Testing;

namespace Wye.Routing.Selection;

public class SessionHoldTests
{
    private const string Easy = "hi";
    private const string Hard =
        "Prove step by step that the algorithm below is correct, derive its complexity, and design an alternative architecture with trade-offs: ```python\ndef f(x):\n    return sum(i * x for i in range(10))\n``` then explain why \\int_0^1 x^2 dx = 1/3?";

    private readonly ConversationWorld _world = new(ConversationWorld.Cached());

    [Fact]
    public void TheTestTexts_AreEasyAndHard()
    {
        _world.Turn(Easy, "a").Model.ShouldBe("small");
        _world.Turn(Hard, "b").Model.ShouldNotBe("small", StringComparer.Ordinal);
    }

    [Fact]
    public void AStrongerTierThatIsWanted_IsFollowed_AndTheLossIsShown()
    {
        _world.Turn(Easy, cached: 2_000);
        var (model, why) = _world.Turn(Hard, prompt: 1_000);
        model.ShouldNotBe("small", StringComparer.Ordinal);
        why.ShouldContain("; leaves small for a stronger tier, loses $0.00");
    }

    [Fact]
    public void AConversation_StaysWithItsModel_AndSaysWhatASwitchWouldLose()
    {
        _world.Turn("x", kind: StepKind.Reason, cached: 1_000);
        var (model, why) = _world.Turn(Easy, kind: StepKind.Chat, prompt: 1_000);
        model.ShouldBe("large");

        // 1,000 tokens at (15 - 1.50) USD per 1M are 0.0135 USD.
        why.ShouldEndWith("; stays with large: switch would lose $0.0135 of cache");
    }

    [Fact]
    public void ADemandedTier_IsTakenAtOnce_WhenItSavesMoreThanTwiceTheCache()
    {
        var world = new ConversationWorld(
            ConversationWorld.Cached(route => route with { Policies = [new StaticPolicy()] })
        );
        world.Turn("x", kind: StepKind.Reason, cached: 100).Model.ShouldBe("large");
        var (model, why) = world.Turn("x", kind: StepKind.Classify, prompt: 1_000);
        model.ShouldBe("small");
        why.ShouldContain("; leaves large: saves $0.01");
        why.ShouldContain(", loses $0.0013");
    }

    [Fact]
    public void ADemandedTier_IsNotTaken_WhenTheCacheIsWorthMore()
    {
        var world = new ConversationWorld(
            ConversationWorld.Cached(route => route with { Policies = [new StaticPolicy()] })
        );
        world.Turn("x", kind: StepKind.Reason, cached: 5_000);
        world.Turn("x", kind: StepKind.Classify, prompt: 1_000, cached: 5_000).Model.ShouldBe("large");
    }

    [Fact]
    public void AGuess_LeadsDownAfterThreeTurnsInARow_ThenAfterSix()
    {
        _world.Turn(Hard);
        Descend().ShouldBe(3);
        _world.Turn(Hard);
        Descend().ShouldBe(6);
    }

    [Fact]
    public void AHardTurn_StartsThePatienceAnew()
    {
        var strong = _world.Turn(Hard).Model;
        _world.Turn(Easy);
        _world.Turn(Easy);
        _world.Turn(Hard);
        _world.Turn(Easy);
        _world.Turn(Easy).Model.ShouldBe(strong);
    }

    [Fact]
    public void ASessionThatHasLapsed_IsDecidedAnew()
    {
        _world.Turn(Hard);
        _world.Time.Advance(TimeSpan.FromMinutes(10));
        _world.Turn(Easy).Model.ShouldBe("small");
    }

    [Fact]
    public void ARouteThatIsNotSticky_RemembersNothing()
    {
        var world = new ConversationWorld(ConversationWorld.Cached(route => route with { Sticky = false }));
        world.Turn(Hard);
        world.Turn(Easy).Model.ShouldBe("small");
        world.Sessions.Count.ShouldBe(0);
    }

    [Fact]
    public void AModelThatIsNoCandidateAnyMore_IsNotHeld_AndNothingBreaks()
    {
        var first = _world.Turn(Hard).Model;
        _world.Snapshot = A.Pool(
            [ConversationWorld.Model("small", 1, 5)],
            route => route with { Policies = [new HeuristicPolicy()] }
        );
        first.ShouldNotBe("small", StringComparer.Ordinal);
        _world.Turn(Easy).Model.ShouldBe("small");
    }

    [Fact]
    public void AConversation_SurvivesAReload()
    {
        var strong = _world.Turn(Hard).Model;
        _world.Snapshot = ConversationWorld.Cached() with { Version = 2 };
        _world.Turn(Easy).Model.ShouldBe(strong);
    }

    [Fact]
    public void AConversationOfAnotherKey_IsNeverSeen()
    {
        var sessions = new SessionTable(new ManualTime());
        var one = new ConversationWorld(ConversationWorld.Cached(), "tenant-a", sessions);
        var other = new ConversationWorld(ConversationWorld.Cached(), "tenant-b", sessions);
        one.Turn(Hard, "same-id").Model.ShouldNotBe("small", StringComparer.Ordinal);
        other.Turn(Easy, "same-id").Model.ShouldBe("small");
    }

    [Fact]
    public void Conversations_DoNotFlipFlop()
    {
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                Gen.Choose(0, 3).ArrayOf(80).ToArbitrary(),
                Gen.Choose(0, 4_000).ToArbitrary(),
                (turns, cached) =>
                {
                    var world = new ConversationWorld(ConversationWorld.Cached());
                    var models = turns
                        .Select(turn =>
                            Rank(world.Turn(turn == 0 ? Hard : Easy, cached: cached, prompt: turn * 200).Model)
                        )
                        .ToList();
                    var descents = 0;
                    var sinceChange = int.MaxValue;
                    for (var i = 1; i < models.Count; i++)
                    {
                        sinceChange = sinceChange == int.MaxValue ? sinceChange : sinceChange + 1;
                        if (models[i] == models[i - 1])
                        {
                            continue;
                        }

                        if (models[i] < models[i - 1])
                        {
                            // Never down again right after a change, and each time later.
                            sinceChange.ShouldBeGreaterThanOrEqualTo(SessionHold.Patience << descents);
                            descents++;
                        }

                        sinceChange = 0;
                    }

                    // 3 + 6 + 12 + 24 turns are needed for four descents, 93 for five.
                    descents.ShouldBeLessThanOrEqualTo(4);
                }
            )
        );
    }

    private int Descend()
    {
        for (var turn = 1; turn <= 50; turn++)
        {
            if (_world.Turn(Easy).Model == "small")
            {
                return turn;
            }
        }

        return -1;
    }

    private static int Rank(string model) => Array.IndexOf(["small", "medium", "large"], model);
}
