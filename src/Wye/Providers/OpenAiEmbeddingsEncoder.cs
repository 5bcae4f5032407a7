using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Numerics.Tensors;
using Wye.Chat;
using Wye.Chat.Prompts;
using Wye.Dialects;
using Wye.Dialects.OpenAi.Embeddings;

namespace Wye.Providers;

/// <summary>Encodes prompts at any endpoint that speaks OpenAI's <c>/v1/embeddings</c>, within a deadline of its own. Thread-safe.</summary>
/// <param name="endpoint">Whom to ask, with its key.</param>
/// <param name="model">Name of the embedding model there.</param>
/// <param name="dimensions">Length of the vector; null = whatever it is.</param>
/// <param name="asksLength">Whether the length is asked for; false = the model has it anyway.</param>
/// <param name="timeout">Longest wait.</param>
/// <param name="transport">Stays its owner's.</param>
/// <param name="time">Clock of the deadline.</param>
internal sealed class OpenAiEmbeddingsEncoder(
    ProviderEndpoint endpoint,
    string model,
    int? dimensions,
    bool asksLength,
    TimeSpan timeout,
    HttpMessageInvoker transport,
    TimeProvider time
) : IPromptEncoder
{
    /// <summary>Bytes of a text that are encoded; more is cut.</summary>
    public const int MostText = 8 * 1024;

    private const int MostAnswer = 1024 * 1024;
    private readonly Uri _address = ProviderAddress.Join(endpoint.Provider.BaseUrl, EmbeddingWire.Path);
    private readonly (string Name, string Value)? _key = endpoint.Key is null
        ? null
        : ProviderHabits.KeyHeader(DialectId.OpenAi, endpoint.Provider.BaseUrl, endpoint.Key);

    /// <inheritdoc/>
    public string Name => model;

    /// <inheritdoc/>
    public async ValueTask<PromptVector> EncodeAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var deadline = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            return await AskAsync(utf8[..Math.Min(utf8.Length, MostText)], either.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return PromptVector.Failed(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"encoder {model} did not answer within {timeout.TotalMilliseconds:0} ms"
                )
            );
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return deadline.IsCancellationRequested
                ? PromptVector.Failed($"encoder {model} did not answer in time")
                : PromptVector.Failed($"encoder {model} cannot be reached");
        }
    }

    private async Task<PromptVector> AskAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken)
    {
        using var request = Compose(utf8);
        using var response = await transport.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
        {
            return PromptVector.Failed(
                string.Create(CultureInfo.InvariantCulture, $"encoder {model} answered {(int)response.StatusCode}")
            );
        }

        var (body, whole) = await BodyReader.ReadAsync(response.Content, MostAnswer, cancellationToken);
        using (body)
        {
            if (!whole || EmbeddingWire.ReadVector(body.Written, dimensions) is not { } vector)
            {
                return PromptVector.Failed(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"encoder {model} gave no vector{(dimensions is { } length ? $" of {length} numbers" : "")}"
                    )
                );
            }

            var norm = TensorPrimitives.Norm<float>(vector);
            if (norm > 0)
            {
                TensorPrimitives.Divide(vector, norm, vector);
            }

            return new PromptVector(vector, null);
        }
    }

    private HttpRequestMessage Compose(ReadOnlyMemory<byte> utf8)
    {
        var body = new PooledBuffer(utf8.Length + 256);
        EmbeddingWire.WriteRequest(body, model, utf8.Span, asksLength ? dimensions : null);
        var content = new PooledContent(body);
        var request = new HttpRequestMessage(HttpMethod.Post, _address)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = content,
        };
        foreach (var (name, value) in endpoint.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        if (_key is { } key)
        {
            request.Headers.TryAddWithoutValidation(key.Name, key.Value);
        }

        request.Headers.TryAddWithoutValidation("User-Agent", "wye");
        return request;
    }
}
