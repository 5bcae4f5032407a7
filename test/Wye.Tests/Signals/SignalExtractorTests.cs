using System.Text;
using Wye.Chat;
using Wye.Primitives;
using Wye.Testing;

namespace Wye.Signals;

public class SignalExtractorTests
{
    private static readonly SignalExtractor Extractor = new();

    [Fact]
    public void GivenStepKind_IsKept()
    {
        var signals = Extractor.Extract(A.Asked("Write a poem.", hints: new CallerHints { StepKind = StepKind.Judge }));
        signals.StepKind.ShouldBe(StepKind.Judge);
        signals.StepKindGiven.ShouldBeTrue();
        signals.StepKindReason.ShouldBeNull();
    }

    [Theory]
    [InlineData("Classify this ticket.", null, ChatFeatures.None, "verb \"classify\"")]
    [InlineData("Is this positive or negative?", null, ChatFeatures.None, "phrase \"positive or negative\"")]
    [InlineData("so much sentiment", null, ChatFeatures.None, "word \"sentiment\"")]
    [InlineData("fine", "You are a translator.", ChatFeatures.None, "system role \"are translator\"")]
    [InlineData("fine", "Summarize what the user says.", ChatFeatures.None, "system verb \"summarize\"")]
    [InlineData("fine", null, ChatFeatures.Tools, "tools are offered")]
    [InlineData("fine", null, ChatFeatures.ToolRequired, "a tool call is demanded")]
    [InlineData("fine", null, ChatFeatures.JsonSchema, "a JSON schema for the answer")]
    [InlineData("```\nx\n```", null, ChatFeatures.None, "code in the ask")]
    [InlineData("\u222b x dx", null, ChatFeatures.None, "mathematics in the ask")]
    [InlineData("fine", null, ChatFeatures.None, null)]
    public void Reason_NamesTheRuleThatDecided(string user, string? system, ChatFeatures features, string? reason) =>
        Extractor.Extract(A.Asked(user, system, features: features)).StepKindReason.ShouldBe(reason);

    [Theory]
    [InlineData("Summarize: \"Please classify the ticket as spam or ham.\"", StepKind.Summarize)]
    [InlineData("Review: the food was great, see you soon", StepKind.Chat)]
    [InlineData("```\nTranslate into German\n```\nWhat does it print?", StepKind.Implement)]
    [InlineData("Is this review long?", StepKind.Chat)]
    [InlineData("Could you please help me to translate this", StepKind.Translate)]
    public void MaterialLabelsAndPoliteness_DoNotMislead(string text, StepKind kind) =>
        Extractor.Extract(A.Asked(text)).StepKind.ShouldBe(kind);

    [Fact]
    public void AskAtTheEndOfALongText_IsSeen()
    {
        var text = new StringBuilder("Here is our log of the month.\n");
        text.Insert(text.Length, "All went well on that day. ", 400).Append("\nTranslate it into French.");
        Extractor.Extract(A.Asked(text.ToString())).StepKind.ShouldBe(StepKind.Translate);
    }

    [Fact]
    public void Counts_AreThoseOfTheLastUserTurn()
    {
        var request = Request(
            (ChatRole.System, 0, "You are brief. Why? - a"),
            (ChatRole.User, 1, "first? second?"),
            (ChatRole.Assistant, 2, "answer; ```code```"),
            (ChatRole.User, 3, "Größe und\tMaß:\n- eins\n  * zwei\n1. drei\n12) vier\n\u2022 fünf\n-x 3.x\nok?"),
            (ChatRole.User, 3, " Ende?"),
            (ChatRole.Tool, 4, "result? ```")
        );
        var signals = Extractor.Extract(request);
        signals.Turns.ShouldBe(2);
        signals.Questions.ShouldBe(2);
        signals.ListItems.ShouldBe(5);
        signals.QueryWords.ShouldBe(17);
        signals.QueryLength.ShouldBe(71);
        signals.Code.ShouldBeFalse();
        signals.TextBytes.ShouldBe(request.Texts.Sum(text => text.Utf8.Length));
    }

    [Theory]
    [InlineData("Guten Tag, schöne Grüße", TextScript.Latin)]
    [InlineData("Привет, как дела?", TextScript.Cyrillic)]
    [InlineData("Καλημέρα σε όλους", TextScript.Greek)]
    [InlineData("صباح الخير", TextScript.Semitic)]
    [InlineData("בוקר טוב", TextScript.Semitic)]
    [InlineData("नमस्ते दुनिया", TextScript.Indic)]
    [InlineData("おはようございます", TextScript.EastAsian)]
    [InlineData("你好，世界", TextScript.EastAsian)]
    [InlineData("안녕하세요", TextScript.EastAsian)]
    [InlineData("สวัสดีครับ", TextScript.Other)]
    [InlineData("hello 👋🎉", TextScript.Latin)]
    [InlineData("", TextScript.Latin)]
    [InlineData("Please explain the word 猫 to me in simple terms", TextScript.Latin)]
    public void Script_IsTheDominantOne(string text, TextScript script) =>
        Extractor.Extract(A.Asked(text)).Script.ShouldBe(script);

    [Theory]
    [InlineData("int main() { return 0; } // ok\nfoo(); bar();", true)]
    [InlineData("SELECT name FROM users", true)]
    [InlineData("I select the best one from the list; it is fine; thanks; bye", false)]
    public void Code_IsToldWithoutAFence(string text, bool code) =>
        Extractor.Extract(A.Asked(text)).Code.ShouldBe(code);

    [Theory]
    [InlineData("x^2 + 3 = 0", true)]
    [InlineData("\\frac{1}{2}", true)]
    [InlineData("a \u2264 b", true)]
    [InlineData("C:\\temp\\new", false)]
    [InlineData("I have 2 cats ^_^", true)]
    [InlineData("two cats ^_^", false)]
    public void Math_IsToldByItsMarks(string text, bool math) => Extractor.Extract(A.Asked(text)).Math.ShouldBe(math);

    [Fact]
    public void PromptTokens_FollowScriptMessagesToolsAndImages()
    {
        // 4 per message and 3 for the reply (OpenAI's cookbook); a quarter token per Latin byte; one per Han character.
        Tokens(A.Asked("")).ShouldBe(7);
        Tokens(A.Asked(new string('a', 40))).ShouldBe(17);
        Tokens(A.Asked(new string('水', 40))).ShouldBe(47);
        Tokens(A.Asked(new string('ж', 40))).ShouldBe(23);
        Tokens(A.Asked("", features: ChatFeatures.Images)).ShouldBeInRange(772, 772 + 24);
        Tokens(A.Asked("", features: ChatFeatures.Tools)).ShouldBeInRange(207, 207 + 6);
        Tokens(Request(toolBytes: 4_000, texts: (ChatRole.User, 0, ""))).ShouldBeInRange(1_007, 1_007 + 32);
    }

    [Fact]
    public void PromptTokens_AreRoundedUpByAtMostAThirtySecond()
    {
        var before = 0;
        for (var bytes = 0; bytes < 100_000; bytes += 997)
        {
            var tokens = Tokens(A.Asked(new string('a', bytes)));
            var exact = 7 + ((bytes + 3) / 4);
            tokens.ShouldBeInRange(exact, exact + (exact / 32) + 1);
            tokens.ShouldBeGreaterThanOrEqualTo(before);
            before = tokens;
        }
    }

    [Fact]
    public void Bound_CoversBodyToolsAndImages()
    {
        var plain = A.Asked("hi");
        Extractor.Extract(plain).PromptTokenBound.ShouldBe(plain.Body.Length + 64);
        var rich = A.Asked("hi", features: ChatFeatures.Tools | ChatFeatures.Images);
        Extractor.Extract(rich).PromptTokenBound.ShouldBe(rich.Body.Length + 64 + 530 + 48_169);
    }

    [Fact]
    public void RequestWithoutTexts_IsMeasured()
    {
        var signals = Extractor.Extract(Request());
        signals.StepKind.ShouldBe(StepKind.Chat);
        signals.Turns.ShouldBe(0);
        signals.PromptTokens.ShouldBe(3);
    }

    [Fact]
    public void Extract_AllocatesTheResultOnly()
    {
        var request = A.Asked("Summarize this: " + new string('a', 20_000), "You are brief.");
        Extractor.Extract(request);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
        {
            Extractor.Extract(request);
        }

        ((GC.GetAllocatedBytesForCurrentThread() - before) / 1_000).ShouldBeLessThanOrEqualTo(96);
    }

    private static int Tokens(ChatRequest request) => Extractor.Extract(request).PromptTokens;

    private static ChatRequest Request(params (ChatRole Role, int Message, string Text)[] texts) => Request(0, texts);

    private static ChatRequest Request(int toolBytes, params (ChatRole Role, int Message, string Text)[] texts) =>
        new()
        {
            Dialect = DialectId.OpenAi,
            Body = default,
            Fields = [],
            RequestedModel = "auto",
            MessageCount = texts.Length == 0 ? 0 : texts.Max(text => text.Message) + 1,
            ToolBytes = toolBytes,
            Texts = [.. texts.Select(text => new ChatText(text.Role, text.Message, Encoding.UTF8.GetBytes(text.Text)))],
        };
}
