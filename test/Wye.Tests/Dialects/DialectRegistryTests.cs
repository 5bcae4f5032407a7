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
        DialectRegistry.BuiltIn.Names.ShouldContain(name => name == "openai");
    }

    [Fact]
    public void Registry_RefusesTwoOfOneName() =>
        Should
            .Throw<ArgumentException>(() => new DialectRegistry([new OpenAiDialect(), new OpenAiDialect()]))
            .Message.ShouldStartWith("Two dialects are named 'openai'. Give one of them another name.");
}
