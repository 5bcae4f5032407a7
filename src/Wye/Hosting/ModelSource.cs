using System.Collections.Frozen;
using Wye.Catalog;
using Wye.Chat;
using Wye.Delivery;
using Wye.Hosting.Telemetry;
using Wye.Primitives;
using Wye.Providers;

namespace Wye.Hosting;

/// <summary>Where delivery meets providers: over HTTP, or in this process.</summary>
internal sealed class ModelSource : IModelSource
{
    private readonly HttpChatModelFactory _providers;
    private readonly FrozenDictionary<ProviderId, InProcessProvider> _here;

    public ModelSource(HttpChatModelFactory providers, IEnumerable<InProcessProvider> here)
    {
        _providers = providers;
        _here = here.ToFrozenDictionary(provider => provider.Id);
    }

    public IChatModel Open(Deployment deployment)
    {
        var model = deployment.Provider.IsInProcess ? OpenHere(deployment) : _providers.Open(deployment);
        return WyeActivitySource.Instance.HasListeners() ? new TracedChatModel(model, deployment) : model;
    }

    private IChatModel OpenHere(Deployment deployment) =>
        _here.TryGetValue(deployment.Provider.Id, out var provider)
            ? provider.Open(deployment)
            : new UnreachableChatModel(
                new ChatError(
                    FailureKind.NoneAvailable,
                    $"The provider '{deployment.Provider.Id}' is in-process, but the host registered none of that name."
                )
                {
                    Code = "provider_not_configured",
                }
            );
}
