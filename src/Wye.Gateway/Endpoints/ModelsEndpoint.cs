using Microsoft.AspNetCore.Http;
using Wye.Dialects.OpenAi;
using Wye.Hosting;

namespace Wye.Gateway.Endpoints;

/// <summary><c>/v1/models</c>: every name a client may send as <c>model</c>: routes first, then aliases, then models.</summary>
internal sealed class ModelsEndpoint(WyeRuntime runtime, OpenAiDialect dialect)
{
    public async Task HandleAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        dialect.WriteModels(ModelNames.Of(runtime.Snapshot.Routing), http.Response.BodyWriter);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }
}
