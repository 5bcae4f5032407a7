using System.Buffers;
using Microsoft.AspNetCore.Http;
using Wye.Dialects.OpenAi;
using Wye.Hosting;

namespace Wye.Gateway.Endpoints;

/// <summary><c>/v1/models</c>: every name the key may send as <c>model</c>: routes first, then aliases, then models.</summary>
internal sealed class ModelsEndpoint(WyeRuntime runtime, OpenAiDialect dialect)
{
    public async Task HandleAsync(HttpContext http)
    {
        http.Response.ContentType = "application/json";
        var list = new ArrayBufferWriter<byte>(4096);
        var routing = runtime.Snapshot.Routing;
        var allowed = runtime.GrantOf(http.Access(), routing).Names;
        dialect.WriteModels(ModelNames.Of(routing).Where(model => allowed?.Contains(model.Id) != false), list);
        await http.Response.BodyWriter.WriteAsync(list.WrittenMemory, http.RequestAborted);
    }
}
