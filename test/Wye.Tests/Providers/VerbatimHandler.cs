using System.Net;
using System.Net.Http;
using System.Text;

namespace Wye.Providers;

/// <summary>Answers with exact bytes and keeps what was asked.</summary>
internal sealed class VerbatimHandler(string body, int status = 200, string type = "application/json")
    : HttpMessageHandler
{
    public List<(Uri Uri, string Headers, string Body)> Asked { get; } = [];

    public Dictionary<string, string> AnswerHeaders { get; } = [];

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        CancellationToken cancellationToken
    )
    {
        Asked.Add(
            (
                request.RequestUri!,
                request.Headers.ToString()
                    + $"Content-Length: {request.Content!.Headers.ContentLength}\n"
                    + request.Content.Headers,
                await request.Content.ReadAsStringAsync(cancellationToken)
            )
        );
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        var response = new HttpResponseMessage((HttpStatusCode)status) { Content = content };
        foreach (var (name, value) in AnswerHeaders)
        {
            if (!response.Headers.TryAddWithoutValidation(name, value))
            {
                content.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return response;
    }
}
