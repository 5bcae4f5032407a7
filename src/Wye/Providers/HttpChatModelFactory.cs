using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Net.Http;
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
    private volatile Generation _generation = new(FrozenDictionary<ProviderId, ProviderEndpoint>.Empty);

    /// <summary>A factory with the built-in dialects and real connections.</summary>
    public static HttpChatModelFactory Create(TimeProvider time) =>
        new(DialectRegistry.BuiltIn, ProviderTransport.Create, time, ResponseBounds.Default);

    /// <summary>Puts endpoints into force for every call from now on; calls that run keep what they began with.</summary>
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

        _generation = new Generation(byId);
    }

    /// <summary>The model to call; the same one for the same deployment until endpoints change.</summary>
    public IChatModel Open(Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        var generation = _generation;
        if (
            generation.Models.TryGetValue(deployment.Id, out var opened)
            && ReferenceEquals(opened.Deployment, deployment)
        )
        {
            return opened.Model;
        }

        var model = Make(deployment, generation);
        generation.Models[deployment.Id] = (deployment, model);
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

    private IChatModel Make(Deployment deployment, Generation generation)
    {
        if (
            !generation.Endpoints.TryGetValue(deployment.Provider.Id, out var endpoint)
            || !dialects.TryFind(endpoint.Provider.Dialect, out var dialect)
        )
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
        return new HttpChatModel(deployment, endpoint, dialect, opened.Value, time, bounds);
    }

    private sealed class Generation(FrozenDictionary<ProviderId, ProviderEndpoint> endpoints)
    {
        public FrozenDictionary<ProviderId, ProviderEndpoint> Endpoints { get; } = endpoints;

        public ConcurrentDictionary<DeploymentId, (Deployment Deployment, IChatModel Model)> Models { get; } = new();
    }
}
