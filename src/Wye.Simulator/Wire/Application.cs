using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Wye.Simulator.Wire;

/// <summary>Kestrel's view of the Simulator: no host, no middleware, one router.</summary>
internal sealed class Application(Router router) : IHttpApplication<HttpContext>
{
    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public Task ProcessRequestAsync(HttpContext context) => router.HandleAsync(context);

    public void DisposeContext(HttpContext context, Exception? exception) { }
}
