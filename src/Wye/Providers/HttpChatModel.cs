using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using Wye.Catalog;
using Wye.Chat;
using Wye.Dialects;
using Wye.Dialects.Text;
using Wye.Primitives;
using Wye.Primitives.Pooling;

namespace Wye.Providers;

/// <summary>A deployment behind a provider's HTTP endpoint. Thread-safe.</summary>
internal sealed class HttpChatModel : IChatModel
{
    /// <summary>Header that names the attempt to the provider, for its support and for the Simulator's bill.</summary>
    public const string AttemptHeader = "x-wye-attempt-id";

    private const string BetaHeader = "anthropic-beta";

    private readonly Deployment _deployment;
    private readonly ProviderEndpoint _endpoint;
    private readonly ProviderWire _wire;
    private readonly ImmutableArray<ProviderWire> _beside;
    private readonly HttpMessageInvoker _transport;
    private readonly TimeProvider _time;
    private readonly ResponseBounds _bounds;
    private readonly (string Name, string Value)? _key;
    private readonly ImmutableArray<(string Name, string Value)> _fixedHeaders;
    private readonly ChatTarget _target;
    private readonly bool _newerOutputBound;
    private readonly Func<ChatError, ChatError> _veil;

    /// <summary>A model that is called over <paramref name="transport"/>, which stays its owner's.</summary>
    /// <param name="deployment">What is called.</param>
    /// <param name="endpoint">How its provider is called.</param>
    /// <param name="dialect">What the provider is configured to speak.</param>
    /// <param name="transport">Carries the calls.</param>
    /// <param name="time">Dates in <c>Retry-After</c> are read against it.</param>
    /// <param name="bounds">How much of an answer is taken.</param>
    /// <param name="beside">Formats that its provider may speak beside: relayed where a path is known; null = none.</param>
    public HttpChatModel(
        Deployment deployment,
        ProviderEndpoint endpoint,
        IProviderDialect dialect,
        HttpMessageInvoker transport,
        TimeProvider time,
        ResponseBounds bounds,
        IEnumerable<IProviderDialect>? beside = null
    )
    {
        _deployment = deployment;
        _endpoint = endpoint;
        _transport = transport;
        _time = time;
        _bounds = bounds;
        _wire =
            WireOf(dialect.Id, dialect)
            ?? throw new NotSupportedException($"No path is known for the dialect '{dialect.Id}'.");
        _beside = [.. (beside ?? []).Select(other => WireOf(dialect.Id, other)).OfType<ProviderWire>()];
        _key = endpoint.Key is null
            ? null
            : ProviderHabits.KeyHeader(dialect.Id, endpoint.Provider.BaseUrl, endpoint.Key);
        _fixedHeaders = ProviderHabits.FixedHeaders(dialect.Id);
        _target = ProviderHabits.TargetOf(deployment);
        _newerOutputBound = ProviderHabits.NeedsNewerOutputBound(deployment);
        _veil = Veil;
    }

    /// <inheritdoc/>
    public ChatError? RefusalOf(ChatRequest request) =>
        WireFor(request.Dialect).Dialect.CanWriteRequest(request, out var refused) ? null : refused;

    /// <inheritdoc/>
    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    public async ValueTask<ChatExchange> SendAsync(ChatCall call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var wire = WireFor(call.Request.Dialect);
        if (!wire.Dialect.CanWriteRequest(call.Request, out var refused))
        {
            return new FailedExchange(refused);
        }

        List<string>? dropped = call.Request.Dialect == wire.Dialect.Id ? null : [];
        using var request = Compose(wire, call, dropped);
        HttpResponseMessage? response = null;
        try
        {
            response = await _transport.SendAsync(request, cancellationToken);
            var exchange = await ReadHeadAsync(wire.Dialect, response, call, dropped ?? [], cancellationToken);
            if (exchange is StreamExchange)
            {
                response = null;
            }

            return exchange;
        }
        catch (Exception e) when (TransportErrors.Of(e, cancellationToken) is { } error)
        {
            return new FailedExchange(error);
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested && e is not OperationCanceledException)
        {
            // A connection that is torn down under a read may say so in its own words.
            throw new OperationCanceledException("The call was cancelled.", e, cancellationToken);
        }
        finally
        {
            response?.Dispose();
        }
    }

    private HttpRequestMessage Compose(ProviderWire wire, in ChatCall call, ICollection<string>? dropped)
    {
        var body = new PooledBuffer(call.Request.Body.Length + 128);
        var upstream = call with
        {
            NewerOutputBound = call.NewerOutputBound || _newerOutputBound,
            Target = _target,
            Dropped = dropped,
        };
        wire.Dialect.WriteRequest(upstream, _deployment.UpstreamName, body);
        var request = new HttpRequestMessage(HttpMethod.Post, call.Request.Stream ? wire.Stream : wire.Whole)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = new PooledContent(body),
        };
        var headers = request.Headers;
        foreach (var (name, value) in _endpoint.Headers)
        {
            headers.TryAddWithoutValidation(name, value);
        }

        foreach (var (name, value) in _fixedHeaders)
        {
            if (!headers.Contains(name))
            {
                headers.TryAddWithoutValidation(name, value);
            }
        }

        if (_key is { } key)
        {
            headers.TryAddWithoutValidation(key.Name, key.Value);
        }

        // Some providers turn away callers that do not name themselves.
        if (!headers.NonValidated.Contains("User-Agent"))
        {
            headers.TryAddWithoutValidation("User-Agent", "wye");
        }

        AddBetas(headers, call.Request, dropped);
        headers.TryAddWithoutValidation("Accept", call.Request.Stream ? "text/event-stream" : "application/json");
        headers.TryAddWithoutValidation(
            AttemptHeader,
            string.Create(CultureInfo.InvariantCulture, $"{call.RequestId.Value}-{call.Attempt}")
        );
        return request;
    }

    /// <summary>Sends on what the caller opts into, beside what the endpoint is configured with.</summary>
    private void AddBetas(HttpRequestHeaders headers, ChatRequest request, ICollection<string>? dropped)
    {
        if (request.Hints.Betas is not { } betas)
        {
            return;
        }

        if (_wire.Dialect.Id == DialectId.Anthropic && request.Dialect == DialectId.Anthropic)
        {
            headers.TryAddWithoutValidation(BetaHeader, betas);
        }
        else if (request.Dialect == DialectId.Anthropic)
        {
            dropped?.Add(BetaHeader);
        }
    }

    private ProviderWire WireFor(DialectId asked)
    {
        if (asked != _wire.Dialect.Id)
        {
            foreach (var wire in _beside)
            {
                if (wire.Dialect.Id == asked)
                {
                    return wire;
                }
            }
        }

        return _wire;
    }

    private ProviderWire? WireOf(DialectId configured, IProviderDialect dialect)
    {
        var (deployment, address) = (_deployment, _endpoint.Provider.BaseUrl);
        return
            ProviderHabits.PathOf(configured, dialect.Id, deployment, stream: false) is { } whole
            && ProviderHabits.PathOf(configured, dialect.Id, deployment, stream: true) is { } stream
            ? new ProviderWire(
                dialect,
                ProviderAddress.Join(address, whole.Path, whole.Method, whole.Query),
                ProviderAddress.Join(address, stream.Path, stream.Method, stream.Query)
            )
            : null;
    }

    [AsyncMethodBuilder(typeof(PooledMethodBuilder<>))]
    private async ValueTask<ChatExchange> ReadHeadAsync(
        IProviderDialect dialect,
        HttpResponseMessage response,
        ChatCall call,
        List<string> dropped,
        CancellationToken cancellationToken
    )
    {
        if (EncodingOf(response) is { } encoding)
        {
            return Failed(Compressed(response, encoding));
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return await ReadErrorAsync(dialect, response, cancellationToken);
        }

        if (call.Request.Stream && !IsDocument(response))
        {
            var body = await response.Content.ReadAsStreamAsync(cancellationToken);
            var frames = dialect.CreateFrameReader(call.LogProbs);
            return new StreamExchange(response, body, dialect.Id, frames, _bounds, _veil) { Dropped = dropped };
        }

        var (buffer, whole) = await BodyReader.ReadAsync(response.Content, _bounds.AnswerBytes, cancellationToken);
        if (!whole)
        {
            buffer.Dispose();
            return Failed(
                new ChatError(
                    FailureKind.ResponseTooLarge,
                    $"The provider's answer is larger than {_bounds.AnswerBytes} bytes."
                )
            );
        }

        if (!dialect.TryReadReply(buffer, buffer.Length, call.LogProbs, out var reply, out var error))
        {
            return Failed(
                ErrorClassifier.Refine(error) with
                {
                    RetryAfter = RetryAfterOf(response) ?? error.RetryAfter,
                }
            );
        }

        if (call.Request.Stream)
        {
            // It is billed as any other.
            var usage = reply.Usage;
            reply.Dispose();
            return Failed(
                new ChatError(FailureKind.BadResponse, "The provider did not stream though a stream was asked.")
                {
                    Usage = usage,
                }
            );
        }

        return new ReplyExchange(reply) { Dropped = dropped };
    }

    private async ValueTask<ChatExchange> ReadErrorAsync(
        IProviderDialect dialect,
        HttpResponseMessage response,
        CancellationToken cancellationToken
    )
    {
        using var patience = new CancellationTokenSource(_bounds.ErrorWait, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        var wire = default(WireError);
        try
        {
            var (buffer, _) = await BodyReader.ReadAsync(response.Content, _bounds.ErrorBytes, either.Token);
            using (buffer)
            {
                wire = dialect.ReadError(buffer.Written.Span);
            }
        }
        catch (Exception e) when (TransportErrors.Of(e, cancellationToken) is not null)
        {
            // It broke or stands still, but the status and the wait are known: they say what to do next.
        }

        return Failed(ErrorClassifier.Classify((int)response.StatusCode, wire, RetryAfterOf(response)));
    }

    // Nothing here asks for it, so that no small answer grows without bound.
    private ChatError Compressed(HttpResponseMessage response, string encoding)
    {
        var message =
            $"The provider's answer came compressed ({encoding}), which was not asked for. Turn that off there.";
        return response.StatusCode == HttpStatusCode.OK
            ? new ChatError(FailureKind.BadResponse, message)
            : ErrorClassifier.Classify(
                (int)response.StatusCode,
                new WireError(message, null, null, null),
                RetryAfterOf(response)
            );
    }

    // Looked up unparsed: every answer passes here, and hardly any has the header.
    private static string? EncodingOf(HttpResponseMessage response) =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Encoding", out var values)
        && values.ToString() is { Length: > 0 } encoding
        && !encoding.Equals("identity", StringComparison.OrdinalIgnoreCase)
            ? UpstreamText.Clean(encoding)
            : null;

    private TimeSpan? RetryAfterOf(HttpResponseMessage response) =>
        RetryAfter.Read(response.Headers, _time.GetUtcNow());

    // Servers are careless with the type of a stream, so only what surely is none is read as a whole.
    private static bool IsDocument(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { } type
        && (
            type.EndsWith("json", StringComparison.OrdinalIgnoreCase)
            || type.EndsWith("html", StringComparison.OrdinalIgnoreCase)
        );

    private FailedExchange Failed(ChatError error) => new(Veil(error));

    /// <summary>Takes our key out of what a provider said, should it repeat it.</summary>
    private ChatError Veil(ChatError error) =>
        _endpoint.Key is { } key && error.Message.Contains(key.Reveal(), StringComparison.Ordinal)
            ? error with
            {
                Message = error.Message.Replace(key.Reveal(), key.ToString(), StringComparison.Ordinal),
            }
            : error;
}
