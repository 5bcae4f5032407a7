using System.Text;
using Wye.Cli.Http;
using Wye.Primitives;

namespace Wye.Cli;

public sealed class ChatStreamTests
{
    private static readonly ChatAnswer Head = new() { Status = 200, Model = "m" };

    [Fact]
    public async Task Stream_JoinsItsDeltasAndTakesCostFromTheClosingComment()
    {
        var pieces = new List<string>();
        var answer = await Read(
            """
            data: {"choices":[{"delta":{"role":"assistant"}}]}

            data: {"choices":[{"delta":{"content":"Hel"}}]}

            data: {"choices":[{"delta":{"content":"lo"}}]}

            : wye {"attempts":2,"cost_usd":"0.000000000007","saved_usd":"-0.5"}

            data: [DONE]

            """,
            pieces.Add
        );
        answer.Text.ShouldBe("Hello");
        answer.Succeeded.ShouldBeTrue();
        answer.Cost.ShouldBe(new Usd(7));
        answer.Saved.ShouldBe(Usd.FromDollars(-0.5m));
        answer.Attempts.ShouldBe(2);
        string.Concat(pieces).ShouldBe("Hello");
    }

    [Fact]
    public async Task StreamWithoutItsEnd_IsAFailureNeverAShortAnswer()
    {
        var answer = await Read("data: {\"choices\":[{\"delta\":{\"content\":\"Hel\"}}]}\n\n");
        answer.Succeeded.ShouldBeFalse();
        answer.Text.ShouldBe("Hel");
        answer.Error.ShouldBe("the stream stopped before its end");
    }

    [Fact]
    public async Task ErrorInMidStream_IsTheAnswersError()
    {
        var answer = await Read("data: {\"error\":{\"message\":\"upstream cut\"}}\n\ndata: [DONE]\n\n");
        answer.Succeeded.ShouldBeFalse();
        answer.Error.ShouldBe("upstream cut");
    }

    private static async Task<ChatAnswer> Read(string text, Action<string>? onText = null)
    {
        using var body = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await ChatStream.ReadAsync(body, Head, onText, TestContext.Current.CancellationToken);
    }
}
