using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net.Http;
using System.Runtime.CompilerServices;
using Wye.Catalog;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;

namespace Wye.Providers;

/// <summary>Gives the callable model behind a deployment. Thread-safe; connections are pooled over all deployments and reloads.</summary>
/// <param name="dialects">The wire formats.</param>
/// <param name="transport">Makes a transport for a connect timeout; called once per timeout.</param>
/// <param name="time">Reads dates in <c>Retry-After</c> against it.</param>
/// <param name="bounds">How much of an answer is taken.</param>
internal sealed class HttpChatModelFactory(
    DialectRegistry dialects,
    Func<TimeSpan, HttpMessageInvoker> transport,
    TimeProvider time,
    ResponseBounds bounds
) : IDisposable
{
    private readonly ConcurrentDictionary<TimeSpan, Lazy<HttpMessageInvoker>> _transports = new();

    // By reference and weakly: a request that runs holds its own version's deployments, and so finds that version's
    // endpoints; both go when the last request of a version has ended.
    private readonly ConditionalWeakTable<Provider, ProviderEndpoint> _endpoints = new();
    private readonly ConditionalWeakTable<Deployment, Opened> _models = new();
    private volatile FrozenDictionary<ProviderId, ProviderEndpoint> _latest = FrozenDictionary<
        ProviderId,
        ProviderEndpoint
    >.Empty;

    /// <summary>A factory with the built-in dialects and real connections.</summary>
    public static HttpChatModelFactory Create(TimeProvider time) =>
        new(DialectRegistry.BuiltIn, ProviderTransport.Create, time, ResponseBounds.Default);

    /// <summary>Adds the endpoints of a new version. Deployments of an older version keep the endpoints they came with.</summary>
    /// <exception cref="ArgumentException">An endpoint cannot be called; the message names all that are wrong.</exception>
    public void Use(IEnumerable<ProviderEndpoint> endpoints)
    {
        var byId = endpoints
            .Where(endpoint => !endpoint.Provider.IsInProcess)
            .ToFrozenDictionary(endpoint => endpoint.Provider.Id);
        var wrong = byId.Values.SelectMany(endpoint => EndpointCheck.Errors(endpoint, dialects)).ToList();
        if (wrong.Count > 0)
        {
            throw new ArgumentException(string.Join(' ', wrong), nameof(endpoints));
        }

        foreach (var endpoint in byId.Values)
        {
            _endpoints.AddOrUpdate(endpoint.Provider, endpoint);
        }

        _latest = byId;
    }

    /// <summary>The model to call, by the endpoint of the version the deployment belongs to; the same one until that changes.</summary>
    public IChatModel Open(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var endpoint = _endpoints.TryGetValue(deployment.Provider, out var own)
            ? own
            : _latest.GetValueOrDefault(deployment.Provider.Id);
        if (_models.TryGetValue(deployment, out var opened) && ReferenceEquals(opened.Endpoint, endpoint))
        {
            return opened.Model;
        }

        var model = Make(deployment, endpoint);
        _models.AddOrUpdate(deployment, new Opened(endpoint, model));
        return model;
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        foreach (var opened in _transports.Values)
        {
            opened.Value.Dispose();
        }
    }

    private IChatModel Make(Deployment deployment, ProviderEndpoint? endpoint)
    {
        if (endpoint is null || !dialects.TryFind<IProviderDialect>(endpoint.Provider.Dialect, out var dialect))
        {
            return new UnreachableChatModel(
                new ChatError(
                    FailureKind.NoneAvailable,
                    $"The provider '{deployment.Provider.Id}' of '{deployment.Id}' is not configured."
                )
                {
                    Code = "provider_not_configured",
                }
            );
        }

        var opened = _transports.GetOrAdd(
            endpoint.ConnectTimeout,
            static (timeout, make) => new Lazy<HttpMessageInvoker>(() => make(timeout)),
            transport
        );
        return new HttpChatModel(deployment, endpoint, dialect, opened.Value, time, bounds, Beside);
    }

    private IEnumerable<IProviderDialect> Beside =>
        dialects.All.OfType<IProviderDialect>().Where(dialect => !dialect.NamesProviders);

    private sealed record Opened(ProviderEndpoint? Endpoint, IChatModel Model);
}
