using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Hosting;

/// <summary>Models in this process behind a provider whose dialect is <c>in-process</c>. Register it as a singleton.</summary>
/// <param name="id">Name of the provider in the configuration.</param>
/// <param name="open">Gives the model behind a deployment; called for every upstream call, must be cheap and thread-safe.</param>
public sealed class InProcessProvider(ProviderId id, Func<Deployment, IChatModel> open)
{
    /// <summary>Name of the provider in the configuration.</summary>
    public ProviderId Id { get; } = id;

    /// <summary>The model to call.</summary>
    public IChatModel Open(Deployment deployment) => open(deployment);
}
