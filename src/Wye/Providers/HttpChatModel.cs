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
    private const string UserAgent = "User-Agent";

    private readonly Deployment _deployment;
    private readonly ProviderEndpoint _endpoint;
    private readonly ProviderWire _wire;
    private readonly ImmutableArray<ProviderWire> _beside;
    private readonly HttpMessageInvoker _transport;
    private readonly TimeProvider _time;
    private readonly ResponseBounds _bounds;
    private readonly ImmutableArray<(string Name, string Value)> _headers;
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
        _headers = HeadersOf(endpoint, dialect.Id);
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
            if (EncodingOf(response) is { } encoding)
            {
                return Failed(Compressed(response, encoding));
            }

            if (response.StatusCode != HttpStatusCode.OK)
            {
                return await ReadErrorAsync(wire.Dialect, response, cancellationToken);
            }

            if (call.Request.Stream && !IsDocument(response))
            {
                var stream = await response.Content.ReadAsStreamAsync(cancellationToken);
                var exchange = StreamOf(wire.Dialect, response, stream, call, dropped);
                response = null;
                return exchange;
            }

            var (body, whole) = await BodyReader.ReadAsync(response.Content, _bounds.AnswerBytes, cancellationToken);
            return ReplyOf(wire.Dialect, response, body, whole, call, dropped);
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
        foreach (var (name, value) in _headers)
        {
            headers.TryAddWithoutValidation(name, value);
        }

        AddBetas(headers, call.Request, dropped);
        headers.TryAddWithoutValidation("Accept", call.Request.Stream ? "text/event-stream" : "application/json");
        headers.TryAddWithoutValidation(
            AttemptHeader,
            $"{call.RequestId.Value}-{call.Attempt.ToString(CultureInfo.InvariantCulture)}"
        );
        return request;
    }

    /// <summary>What every call of the endpoint carries, the endpoint's own headers first.</summary>
    private static ImmutableArray<(string Name, string Value)> HeadersOf(ProviderEndpoint endpoint, DialectId dialect)
    {
        var own = endpoint.Headers;
        var headers = own.Select(header => (header.Key, header.Value)).ToList();
        headers.AddRange(ProviderHabits.FixedHeaders(dialect).Where(header => !IsOwn(header.Name)));
        if (endpoint.Key is { } key)
        {
            headers.Add(ProviderHabits.KeyHeader(dialect, endpoint.Provider.BaseUrl, key));
        }

        // Some providers turn away callers that do not name themselves.
        if (!IsOwn(UserAgent))
        {
            headers.Add((UserAgent, "wye"));
        }

        return [.. headers];

        bool IsOwn(string name) => own.Keys.Contains(name, StringComparer.OrdinalIgnoreCase);
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

    private StreamExchange StreamOf(
        IProviderDialect dialect,
        HttpResponseMessage response,
        Stream stream,
        in ChatCall call,
        IReadOnlyCollection<string>? dropped
    ) =>
        new(response, stream, dialect.Id, dialect.CreateFrameReader(call.LogProbs), _bounds, _veil)
        {
            Dropped = dropped ?? [],
        };

    private ChatExchange ReplyOf(
        IProviderDialect dialect,
        HttpResponseMessage response,
        PooledBuffer body,
        bool whole,
        in ChatCall call,
        IReadOnlyCollection<string>? dropped
    )
    {
        if (!whole)
        {
            body.Dispose();
            return Failed(
                new ChatError(
                    FailureKind.ResponseTooLarge,
                    $"The provider's answer is larger than {_bounds.AnswerBytes} bytes."
                )
            );
        }

        if (!dialect.TryReadReply(body, body.Length, call.LogProbs, out var reply, out var error))
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

        return new ReplyExchange(reply) { Dropped = dropped ?? [] };
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
