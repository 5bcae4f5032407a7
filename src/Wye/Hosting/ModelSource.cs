using Wye.Catalog;
using Wye.Chat;
using Wye.Delivery;
using Wye.Providers;

namespace Wye.Hosting;

/// <summary>Where delivery meets providers.</summary>
internal sealed class ModelSource(HttpChatModelFactory providers) : IModelSource
{
    public IChatModel Open(Deployment deployment) => providers.Open(deployment);
}
