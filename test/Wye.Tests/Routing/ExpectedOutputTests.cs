using Wye.Chat;
using Wye.Primitives;
using Wye.Signals;
using Wye.Testing;

namespace Wye.Routing;

public sealed class ExpectedOutputTests
{
    [Theory]
    [InlineData(null, 300)]
    [InlineData(50, 50)]
    [InlineData(5_000, 300)]
    public void Answer_IsOfItsKindsLength_AtMostTheBoundAsked(int? bound, int expected) =>
        Tokens(A.Asked("hello there", maxTokens: bound)).ShouldBe(expected);

    [Fact]
    public void Vectors_AreNoTokens() => Tokens(A.Asked("hello there", features: ChatFeatures.Embedding)).ShouldBe(0);

    private static int Tokens(ChatRequest request) =>
        ExpectedOutput.Tokens(new SignalExtractor().Extract(request), request);
}
