using Microsoft.AspNetCore.Http;
using Wye.Gateway.Metrics;

namespace Wye.Gateway.Endpoints;

/// <summary><c>/metrics</c> in the Prometheus text format.</summary>
internal sealed class MetricsEndpoint(PrometheusPage page)
{
    public Task HandleAsync(HttpContext http)
    {
        http.Response.ContentType = "text/plain; version=0.0.4; charset=utf-8";
        return http.Response.WriteAsync(page.Render());
    }
}
