using System.Buffers;
using Microsoft.AspNetCore.Http;
using Wye.Chat;
using Wye.Dialects;
using Wye.Dialects.Anthropic;
using Wye.Dialects.OpenAi;
using Wye.Gateway.Http;
using Wye.Hosting;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary>
/// <c>/v1/models</c>: every name the key may send as <c>model</c>: routes first, then aliases, then models. Who sends
/// <c>anthropic-version</c> gets Anthropic's shape.
/// </summary>
internal sealed class ModelsEndpoint(
    WyeRuntime runtime,
    OpenAiDialect openAi,
    AnthropicDialect anthropic,
    CallerDialects dialects,
    RequestIds ids
)
{
    private const int MostListed = 1_000;

    public async Task ListAsync(HttpContext http)
    {
        var list = new ArrayBufferWriter<byte>(4096);
        var names = NamesFor(http);
        if (!CallerDialects.SpeaksAnthropic(http))
        {
            openAi.WriteModels(names, list);
        }
        else if (TryPage(http, [.. names], out var page, out var more, out var error))
        {
            anthropic.WriteModels(page, more, list);
        }
        else
        {
            await Rejection.WriteAsync(http, anthropic, ids.Next(), error!);
            return;
        }

        WyeHeaders.WriteId(http, dialects.Of(http).Id, ids.Next());
        await JsonAnswer.WriteAsync(http, list.WrittenMemory);
    }

    public async Task FindAsync(HttpContext http)
    {
        // Clients escape the slash of a name, and the server leaves this one escape as it came.
        var id = ((string?)http.Request.RouteValues["id"] ?? "").Replace(
            "%2F",
            "/",
            StringComparison.OrdinalIgnoreCase
        );
        var found = NamesFor(http).FirstOrDefault(model => model.Id == id);
        if (found.Id is null)
        {
            await Rejection.WriteAsync(http, dialects.Of(http), ids.Next(), Unknown(id, "model"));
            return;
        }

        var one = new ArrayBufferWriter<byte>(256);
        if (CallerDialects.SpeaksAnthropic(http))
        {
            anthropic.WriteModel(found, one);
        }
        else
        {
            openAi.WriteModel(found, one);
        }

        WyeHeaders.WriteId(http, dialects.Of(http).Id, ids.Next());
        await JsonAnswer.WriteAsync(http, one.WrittenMemory);
    }

    private IEnumerable<ListedModel> NamesFor(HttpContext http)
    {
        var routing = runtime.Snapshot.Routing;
        var allowed = runtime.GrantOf(http.Access(), routing).Names;
        return ModelNames.Of(routing).Where(model => allowed?.Contains(model.Id) != false);
    }

    private static bool TryPage(
        HttpContext http,
        List<ListedModel> all,
        out List<ListedModel> page,
        out bool more,
        out ChatError? error
    )
    {
        (page, more, error) = ([], false, null);
        var query = http.Request.Query;
        if (!PageLimit.TryRead(query, MostListed, MostListed, out var limit, out error))
        {
            return false;
        }

        var (after, before) = (query["after_id"].ToString(), query["before_id"].ToString());
        var start = after.Length == 0 ? 0 : all.FindIndex(model => model.Id == after) + 1;
        var end = before.Length == 0 ? all.Count : all.FindIndex(model => model.Id == before);
        if ((after.Length > 0 && start == 0) || end < 0)
        {
            error = Unknown(end < 0 ? before : after, end < 0 ? "before_id" : "after_id");
            return false;
        }

        var count = Math.Clamp(end - start, 0, limit);
        start = before.Length > 0 && after.Length == 0 ? end - count : start;
        page = all.GetRange(start, count);
        more = before.Length > 0 && after.Length == 0 ? start > 0 : start + count < end;
        return true;
    }

    private static ChatError Unknown(string id, string param) =>
        new(FailureKind.ModelNotFound, $"Model '{WyeHeaders.Safe(id)}' is not known. /v1/models lists them.")
        {
            Code = "model_not_found",
            Param = param,
        };
}
