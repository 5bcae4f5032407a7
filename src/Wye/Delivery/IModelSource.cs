using Wye.Catalog;
using Wye.Chat;

namespace Wye.Delivery;

/// <summary>Gives the callable model behind a deployment; the composition root knows providers, delivery does not.</summary>
public interface IModelSource
{
    /// <summary>The model to call. Thread-safe; the same deployment gives the same pooled connections.</summary>
    IChatModel Open(Deployment deployment);
}
