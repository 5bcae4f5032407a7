using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Sessions;

public class ConversationTests
{
    private static readonly KeyId Key = new("k");

    private static SessionKey Of(ChatRequest request, out bool continues, string key = "k") =>
        Conversation.Of(request, new KeyId(key), out continues);

    [Fact]
    public void Turns_OfOneConversationShareASession()
    {
        var first = Of(A.Conversing(["hello"], "You help."), out var begins);
        var second = Of(A.Conversing(["hello", "hi", "and then?"], "You help."), out var continues);
        second.ShouldBe(first);
        begins.ShouldBeFalse();
        continues.ShouldBeTrue();
    }

    [Fact]
    public void AToolResultBehindTheFirstTurn_ContinuesTheConversation()
    {
        var request = new ChatRequest
        {
            Dialect = DialectId.OpenAi,
            Body = default,
            Fields = [],
            RequestedModel = "auto",
            Texts = [new(ChatRole.User, 0, A.Bytes("hello")), new(ChatRole.Tool, 2, A.Bytes("42"))],
        };
        Of(request, out var continues).ShouldBe(Of(A.Conversing(["hello"]), out _));
        continues.ShouldBeTrue();
    }

    [Fact]
    public void OtherBeginnings_AreOtherSessions()
    {
        HashSet<SessionKey> seen =
        [
            Of(A.Conversing(["hello"]), out _),
            Of(A.Conversing(["hello!"]), out _),
            Of(A.Conversing(["hello"], "You help."), out _),
            Of(A.Conversing(["hello"], "You help"), out _),
            Of(A.Conversing(["You help.hello"]), out _),
            Of(A.Conversing([new string('a', 9_000)]), out _),
            Of(A.Conversing([new string('a', 9_001)]), out _),
            Of(A.Conversing([""]), out _),
            Of(A.Conversing([], "hello"), out _),
            Of(A.Conversing(["x"], hints: new CallerHints { Session = "hello" }), out _),
        ];
        seen.Count.ShouldBe(10);
    }

    [Fact]
    public void AnId_NamesTheConversation_WhateverItsTexts()
    {
        var hints = new CallerHints { Session = "s-1" };
        var first = Of(A.Conversing(["a"], hints: hints), out var continues);
        continues.ShouldBeTrue();
        Of(A.Conversing(["b", "c", "d"], "other", hints), out _).ShouldBe(first);
    }

    [Fact]
    public void TheSameIdOrBeginning_UnderAnotherKeyIsAnotherSession()
    {
        var hints = new CallerHints { Session = "s-1" };
        Of(A.Conversing(["a"], hints: hints), out _, "x")
            .ShouldNotBe(Of(A.Conversing(["a"], hints: hints), out _, "y"));
        Of(A.Conversing(["a", "b", "c"]), out _, "x").ShouldNotBe(Of(A.Conversing(["a", "b", "c"]), out _, "y"));
    }

    [Fact]
    public void Telling_AllocatesNothing()
    {
        var request = A.Conversing([new string('a', 20_000), "b", "c"], new string('s', 20_000));
        Conversation.Of(request, Key, out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            Conversation.Of(request, Key, out _);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(100);
    }
}
