using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wye.Gates.Composing;
using Wye.Gates.Judging;
using Wye.Testing;

namespace Wye.Gates;

public class WebhookGateTests
{
    private static readonly byte[] Secret = "a secret of some length"u8.ToArray();

    private readonly ManualTime _time = new();
    private readonly Verifier _verifier = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private WebhookGate Gate() =>
        new("ours", new Uri("https://verify.test/answers"), Secret, new HttpMessageInvoker(_verifier), _time);

    private static AnswerView View()
    {
        var view = new AnswerView();
        view.Load(new GateCase("the answer", GateDecision.Passed) { Question = "the question" }.Subject());
        return view;
    }

    [Theory]
    [InlineData("""{"decision":"pass","score":0.9}""", GateDecision.Passed, 0.9)]
    [InlineData("""{"decision":"refuse"}""", GateDecision.Refused, 0)]
    [InlineData("""{"decision":"pass","score":7}""", GateDecision.Passed, 1)]
    [InlineData("""{"decision":"abstain"}""", GateDecision.Abstained, 0.5)]
    [InlineData("""{"decision":"PASS"}""", GateDecision.Abstained, 0.5)]
    [InlineData("""{"ok":true}""", GateDecision.Abstained, 0.5)]
    [InlineData("""["pass"]""", GateDecision.Abstained, 0.5)]
    [InlineData("pass", GateDecision.Abstained, 0.5)]
    [InlineData("", GateDecision.Abstained, 0.5)]
    public async Task TheVerifierDecides_AndAnythingElseIsAnAbstention(
        string reply,
        GateDecision expected,
        double score
    )
    {
        _verifier.Reply = reply;
        var verdict = await Gate().JudgeAsync(View(), Token);
        verdict.Decision.ShouldBe(expected);
        verdict.Score.ShouldBe(score, 1e-9);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Redirect)]
    public async Task AnErrorOfTheVerifier_IsAnAbstention(HttpStatusCode status)
    {
        _verifier.Status = status;
        _verifier.Reply = """{"decision":"pass"}""";
        (await Gate().JudgeAsync(View(), Token)).Decision.ShouldBe(GateDecision.Abstained);
    }

    [Fact]
    public async Task AVerifierThatIsNotReached_IsAnAbstention()
    {
        _verifier.Fault = new HttpRequestException("refused");
        (await Gate().JudgeAsync(View(), Token)).Decision.ShouldBe(GateDecision.Abstained);
    }

    [Fact]
    public async Task AVerifierThatHangs_IsCutOffAtTheLimit()
    {
        _verifier.Hangs = true;
        var judged = new LimitedGate(Gate(), TimeSpan.FromSeconds(2), _time).JudgeAsync(View(), Token).AsTask();
        judged.IsCompleted.ShouldBeFalse();
        _time.Advance(TimeSpan.FromSeconds(2));
        (await judged).Decision.ShouldBe(GateDecision.Abstained);
    }

    [Fact]
    public async Task TheCall_IsSigned_OverItsTimeAndBody()
    {
        _verifier.Reply = """{"decision":"pass"}""";
        await Gate().JudgeAsync(View(), Token);
        using var body = JsonDocument.Parse(_verifier.Body);
        body.RootElement.GetProperty("gate").GetString().ShouldBe("ours");
        body.RootElement.GetProperty("question").GetString().ShouldBe("the question");
        body.RootElement.GetProperty("answer").GetString().ShouldBe("the answer");
        var parts = _verifier.Signature.Split(',');
        var at = parts[0]["t=".Length..];
        at.ShouldBe(_time.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        var expected = HMACSHA256.HashData(Secret, Encoding.UTF8.GetBytes($"{at}.{_verifier.Body}"));
        parts[1].ShouldBe($"v1={Convert.ToHexStringLower(expected)}");
    }

    private sealed class Verifier : HttpMessageHandler
    {
        public string Reply { get; set; } = "";

        public HttpStatusCode Status { get; set; } = HttpStatusCode.OK;

        public Exception? Fault { get; set; }

        public bool Hangs { get; set; }

        public string Body { get; private set; } = "";

        public string Signature { get; private set; } = "";

        protected override async Task<HttpResponseMessage> SendAsync(
            HttpRequestMessage request,
            CancellationToken cancellationToken
        )
        {
            Body = await request.Content!.ReadAsStringAsync(cancellationToken);
            Signature = request.Headers.GetValues("x-wye-signature").Single();
            if (Hangs)
            {
                var never = new TaskCompletionSource();
                await using var registration = cancellationToken.Register(() =>
                    never.TrySetCanceled(cancellationToken)
                );
                await never.Task;
            }

            return Fault is null ? new HttpResponseMessage(Status) { Content = new StringContent(Reply) } : throw Fault;
        }
    }
}
