using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Wye.Gates.Judging;

/// <summary><c>webhook</c>: asks the user's own verifier. Any fault of it is an abstention.</summary>
/// <remarks>
/// <c>POST</c> of <c>{"gate","question","answer","finish"}</c>, signed: <c>x-wye-signature: t=UNIX,v1=HEX</c> where HEX is
/// HMAC-SHA-256 of <c>t.body</c> with the secret. It answers <c>{"decision":"pass|refuse|abstain","score":0..1}</c>.
/// </remarks>
internal sealed class WebhookGate(string name, Uri address, byte[] secret, HttpMessageInvoker http, TimeProvider time)
    : IGate
{
    private const int MostReply = 16_384;

    /// <inheritdoc/>
    public string Kind => "webhook";

    /// <inheritdoc/>
    public async ValueTask<GateVerdict> JudgeAsync(AnswerView answer, CancellationToken cancellationToken)
    {
        // Read before the first wait: the view is only lent.
        var body = Body(answer);
        try
        {
            using var message = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new ByteArrayContent(body),
            };
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
            message.Headers.TryAddWithoutValidation("x-wye-signature", Signature(body));
            using var response = await http.SendAsync(message, cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return GateVerdict.Abstain("webhook: refused to judge");
            }

            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
            var reply = new byte[MostReply];
            var length = await stream.ReadAtLeastAsync(reply, MostReply, throwOnEndOfStream: false, cancellationToken);
            return Read(reply.AsMemory(0, length));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or JsonException)
        {
            return GateVerdict.Abstain("webhook: not reached");
        }
    }

    private static GateVerdict Read(ReadOnlyMemory<byte> reply)
    {
        using var json = JsonDocument.Parse(reply);
        if (
            json.RootElement.ValueKind != JsonValueKind.Object
            || !json.RootElement.TryGetProperty("decision", out var decision)
            || decision.ValueKind != JsonValueKind.String
        )
        {
            return GateVerdict.Abstain("webhook: no decision");
        }

        var score =
            json.RootElement.TryGetProperty("score", out var said)
            && said.ValueKind == JsonValueKind.Number
            && said.TryGetDouble(out var value)
                ? Math.Clamp(value, 0, 1)
                : (double?)null;
        return decision.GetString() switch
        {
            "pass" => GateVerdict.Pass(score ?? 1),
            "refuse" => GateVerdict.Refuse("webhook: refused", score ?? 0),
            _ => GateVerdict.Abstain("webhook: abstained"),
        };
    }

    private string Signature(byte[] body)
    {
        var at = time.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{at}."), .. body];
        return $"t={at},v1={Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed))}";
    }

    private byte[] Body(AnswerView answer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("gate", name);
            json.WriteString("question", answer.Question);
            json.WriteString("answer", answer.Answer);
            json.WriteString("finish", answer.Subject.Reply.Finish.ToString().ToLowerInvariant());
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
