using System.Buffers;

namespace Wye.Chat;

public class ChatOwnershipTests
{
    [Fact]
    public void Request_ReturnsItsTextBuffer()
    {
        using var owner = new CountingOwner();
        var request = new ChatRequest(owner)
        {
            Dialect = DialectId.OpenAi,
            Body = default,
            Fields = [],
            RequestedModel = "auto",
            Texts = [],
        };
        owner.Returned.ShouldBe(0);
        request.Dispose();
        owner.Returned.ShouldBe(1);
    }

    [Fact]
    public void Reply_ReturnsItsBuffer()
    {
        using var owner = new CountingOwner();
        new ChatReply(owner) { Dialect = DialectId.OpenAi, Body = default }.Dispose();
        owner.Returned.ShouldBe(1);
    }

    [Theory]
    [InlineData(ChatFrameKinds.Role, false)]
    [InlineData(ChatFrameKinds.Finish | ChatFrameKinds.Usage, false)]
    [InlineData(ChatFrameKinds.Role | ChatFrameKinds.Content, true)]
    [InlineData(ChatFrameKinds.Tool, true)]
    [InlineData(ChatFrameKinds.Reasoning, true)]
    public void Frame_CommitsWithTheFirstThingACallerWouldMiss(ChatFrameKinds kinds, bool expected) =>
        new ChatFrame { Dialect = DialectId.OpenAi, Kinds = kinds }
            .Has(ChatFrameKinds.Committing)
            .ShouldBe(expected);

    private sealed class CountingOwner : IMemoryOwner<byte>
    {
        public int Returned { get; private set; }

        public Memory<byte> Memory => default;

        public void Dispose() => Returned++;
    }
}
