using System.Buffers;
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
        var list = new ArrayBufferWriter<byte>(4096);
        dialect.WriteModels(ModelNames.Of(runtime.Snapshot.Routing), list);
        await http.Response.BodyWriter.WriteAsync(list.WrittenMemory, http.RequestAborted);
    }
}
