using Wye.Dialects.OpenAi;

namespace Wye.Dialects;

public class DialectRegistryTests
{
    [Fact]
    public void Registry_FindsBuiltInDialectsByName()
    {
        DialectRegistry.BuiltIn.TryFind("openai", out var dialect).ShouldBeTrue();
        dialect.ShouldBeOfType<OpenAiDialect>();
        DialectRegistry.BuiltIn.TryFind("OpenAI", out _).ShouldBeFalse();
        DialectRegistry.BuiltIn.Names.ShouldBe(["anthropic", "gemini", "openai"]);
    }

    [Theory]
    [InlineData("openai", true, true)]
    [InlineData("anthropic", true, true)]
    [InlineData("responses", true, false)]
    [InlineData("completions", true, true)]
    [InlineData("embeddings", true, true)]
    [InlineData("gemini", false, true)]
    public void Registry_KnowsOnWhichSideADialectIsSpoken(string name, bool caller, bool provider)
    {
        DialectRegistry.BuiltIn.TryFind<ICallerDialect>(name, out _).ShouldBe(caller);
        DialectRegistry.BuiltIn.TryFind<IProviderDialect>(name, out _).ShouldBe(provider);
        DialectRegistry.BuiltIn.TryFind(name, out _).ShouldBe(caller && provider);
    }

    [Fact]
    public void Registry_RefusesTwoOfOneName() =>
        Should
            .Throw<ArgumentException>(() => new DialectRegistry([new OpenAiDialect(), new OpenAiDialect()]))
            .Message.ShouldStartWith("Two dialects are named 'openai'. Give one of them another name.");
}
