using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Wye.Chat;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Extensions.AI.OpenAi;
using Wye.Hosting;
using Wye.Primitives;

namespace Wye.Extensions.AI;

/// <summary>
/// Wye as an <see cref="IChatClient"/>: every request is routed, delivered and accounted for. Thread-safe.
/// <c>ChatOptions.ModelId</c> is a route, an alias or a model; <see cref="WyeHints"/> say more. Answers carry
/// <see cref="WyeProvenance"/>. Failures are <see cref="WyeChatException"/>s.
/// </summary>
public sealed class WyeChatClient : IChatClient
{
    private readonly WyeRuntime _runtime;
    private readonly RequestIds _ids;
    private readonly TimeProvider _time;
    private readonly WyeChatClientOptions _options;
    private readonly IDialect _dialect;
    private readonly IDisposable? _owned;
    private volatile bool _isDisposed;

    /// <summary>A client of a runtime that its host owns.</summary>
    public WyeChatClient(
        WyeRuntime runtime,
        RequestIds ids,
        TimeProvider time,
        DialectRegistry dialects,
        WyeChatClientOptions? options = null
    )
        : this(runtime, ids, time, dialects, options, owned: null) { }

    private WyeChatClient(
        WyeRuntime runtime,
        RequestIds ids,
        TimeProvider time,
        DialectRegistry dialects,
        WyeChatClientOptions? options,
        IDisposable? owned
    )
    {
        ArgumentNullException.ThrowIfNull(runtime);
        ArgumentNullException.ThrowIfNull(dialects);
        _runtime = runtime;
        _ids = ids;
        _time = time;
        _options = options ?? new WyeChatClientOptions();
        _dialect = OpenAiForm.Of(dialects);
        _owned = owned;
    }

    /// <summary>A client with a Wye of its own, for programs without a host; disposing it ends both.</summary>
    /// <param name="configure">Adds Wye, e.g. <c>services.AddWyeFile("wye.yaml", LedgerChoice.None)</c>, and providers.</param>
    /// <param name="options">Default route and key; null = defaults.</param>
    public static WyeChatClient Create(Action<IServiceCollection> configure, WyeChatClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(configure);
        var services = new ServiceCollection();
        configure(services);
        var host = services.BuildServiceProvider();
        try
        {
            return new WyeChatClient(
                host.GetRequiredService<WyeRuntime>(),
                host.GetRequiredService<RequestIds>(),
                host.GetRequiredService<TimeProvider>(),
                host.GetRequiredService<DialectRegistry>(),
                options,
                new HostLifetime(host)
            );
        }
        catch
        {
            new HostLifetime(host).Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    /// <exception cref="WyeChatException">The request failed.</exception>
    /// <exception cref="ArgumentException">A hint in the options cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        using var request = Read(messages, options, stream: false);
        var sink = new WholeSink(_dialect);
        var outcome = await _runtime.ChatAsync(Arrival(), request, new KeyId(_options.Key), sink, cancellationToken);
        if (sink.Response is { } response)
        {
            return response;
        }

        cancellationToken.ThrowIfCancellationRequested();
        throw FailureOf(outcome);
    }

    /// <inheritdoc/>
    /// <exception cref="WyeChatException">The request failed, before or after the first content.</exception>
    /// <exception cref="ArgumentException">A hint in the options cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The client was disposed.</exception>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default
    )
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        using var request = Read(messages, options, stream: true);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sink = new StreamSink(_dialect, request);
        var delivery = DeliverAsync(request, sink, gone.Token);
        var whole = false;
        try
        {
            await foreach (var update in sink.Updates.ReadAllAsync(cancellationToken))
            {
                yield return update;
            }

            whole = true;
        }
        finally
        {
            if (!whole)
            {
                // Whoever stops reading is a caller who leaves: upstream is cancelled, the row is still written.
                await gone.CancelAsync();
            }

            await ((Task)delivery).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        var outcome = await delivery;
        if (outcome.Error is not null)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw FailureOf(outcome);
        }
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType == typeof(ChatClientMetadata)
                ? new ChatClientMetadata("wye", providerUri: null, _options.DefaultRoute)
            : serviceType == typeof(WyeRuntime) ? _runtime
            : serviceType.IsInstanceOfType(this) ? this
            : null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isDisposed = true;
        _owned?.Dispose();
    }

    private async Task<Outcome> DeliverAsync(ChatRequest request, StreamSink sink, CancellationToken gone)
    {
        try
        {
            return await _runtime.ChatAsync(Arrival(), request, new KeyId(_options.Key), sink, gone);
        }
        finally
        {
            sink.Complete();
        }
    }

    private RequestArrival Arrival() => new(_ids.Next(), _time.GetUtcNow(), _time.GetTimestamp());

    private ChatRequest Read(IEnumerable<ChatMessage> messages, ChatOptions? options, bool stream)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var hints = HintReader.Read(options);
        var body = RequestBodyWriter.Write(messages, options, options?.ModelId ?? _options.DefaultRoute, stream);
        return _dialect.TryReadRequest(body, hints, out var request, out var error)
            ? request
            : throw FailureOf(error, provenance: null);
    }

    private static WyeChatException FailureOf(Outcome outcome) =>
        FailureOf(
            outcome.Error ?? new ChatError(FailureKind.Internal, "The request ended without an answer."),
            WyeProvenance.Of(outcome)
        );

    private static WyeChatException FailureOf(ChatError error, WyeProvenance? provenance) =>
        new(error.Message)
        {
            Kind = error.Kind,
            Code = error.Code,
            Param = error.Param,
            RetryAfter = error.RetryAfter,
            Provenance = provenance,
        };
}
