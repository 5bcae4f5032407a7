using System.Net;
using Wye.Gateway.Clients;

namespace Wye.Gateway.Telemetry;

/// <summary>Spans and metrics say what was asked for, in the conventions' words.</summary>
public sealed class OperationNameTests(BothDialectsFixture gateway) : IClassFixture<BothDialectsFixture>
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("v1/chat/completions", """{"model":"auto","messages":[{"role":"user","content":"x"}]}""", "chat")]
    [InlineData(
        "v1/messages",
        """{"model":"auto","max_tokens":9,"messages":[{"role":"user","content":"x"}]}""",
        "chat"
    )]
    [InlineData("v1/responses", """{"model":"auto","input":"x"}""", "chat")]
    [InlineData("v1/completions", """{"model":"auto","prompt":"x"}""", "text_completion")]
    [InlineData("v1/embeddings", """{"model":"embed","input":"x"}""", "embeddings")]
    public async Task Operation_IsNamedByWhatIsAskedFor(string path, string body, string operation)
    {
        using var spans = new SpanRecorder();
        using var answer = await gateway.PostAsync(path, body);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(Token));
        var id = answer.Headers.GetValues("x-wye-request-id").Single();
        // The span ends just after the last byte has left.
        for (var i = 0; spans.All.All(span => !Equals(span.GetTagItem("wye.request_id"), id)) && i < 10_000; i++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System, Token);
        }

        var (request, calls) = spans.Of(id);
        request.DisplayName.ShouldStartWith(operation + " ");
        var call = calls.ShouldHaveSingleItem();
        call.DisplayName.ShouldStartWith(operation + " ");
        call.GetTagItem("gen_ai.operation.name").ShouldBe(operation);
        using var http = new HttpClient { DefaultRequestHeaders = { { "x-api-key", gateway.Key } } };
        var page = await http.GetStringAsync(new Uri(gateway.Host.Address, "metrics"), Token);
        page.Split('\n')
            .ShouldContain(line =>
                line.StartsWith("gen_ai_client_operation_duration_seconds_count{", StringComparison.Ordinal)
                && line.Contains($"gen_ai_operation_name=\"{operation}\"", StringComparison.Ordinal)
            );
    }
}
