using Microsoft.AspNetCore.Http;
using Wye.Access;
using Wye.Access.Desk;
using Wye.Chat;
using Wye.Dialects;
using Wye.Gateway.Http;
using Wye.Gateway.Keys;
using Wye.Hosting;
using Wye.Primitives;

namespace Wye.Gateway.Endpoints;

/// <summary><c>/admin/keys</c>: makes, shows, changes and removes keys. A key's text is in the answer that made it, and nowhere else.</summary>
internal sealed class KeyEndpoints(KeyApi api, IDialect dialect, RequestIds ids)
{
    private const int MostBytes = 64 * 1024;

    public Task ListAsync(HttpContext http) => WriteAsync(http, _ => Task.FromResult(api.List()));

    public Task ShowAsync(HttpContext http) => WriteAsync(http, _ => Task.FromResult(api.Show(IdOf(http))));

    public Task CreateAsync(HttpContext http) =>
        WriteAsync(http, body => api.CreateAsync(ActorOf(http), body, http.RequestAborted));

    public Task UpdateAsync(HttpContext http) =>
        WriteAsync(http, body => api.UpdateAsync(ActorOf(http), IdOf(http), body, http.RequestAborted));

    public Task BlockAsync(HttpContext http) =>
        WriteAsync(http, _ => api.BlockAsync(ActorOf(http), IdOf(http), blocked: true, http.RequestAborted));

    public Task UnblockAsync(HttpContext http) =>
        WriteAsync(http, _ => api.BlockAsync(ActorOf(http), IdOf(http), blocked: false, http.RequestAborted));

    public Task RotateAsync(HttpContext http) =>
        WriteAsync(http, body => api.RotateAsync(ActorOf(http), IdOf(http), body, http.RequestAborted));

    public Task DeleteAsync(HttpContext http) =>
        WriteAsync(http, _ => api.DeleteAsync(ActorOf(http), IdOf(http), http.RequestAborted));

    private async Task WriteAsync(HttpContext http, Func<ReadOnlyMemory<byte>, Task<KeyAnswer>> answer)
    {
        var (body, error) = await PooledBody.ReadAsync(http, MostBytes, isFixed: true);
        using (body)
        {
            if (body is null)
            {
                await Rejection.WriteAsync(http, dialect, ids.Next(), error!);
                return;
            }

            try
            {
                await WriteAsync(http, await answer(body.Memory));
            }
            catch (AccessUnavailableException unavailable)
            {
                var fault = new ChatError(FailureKind.Internal, unavailable.Message) { Code = "key_store_unavailable" };
                await Rejection.WriteAsync(http, dialect, ids.Next(), fault);
            }
        }
    }

    private async Task WriteAsync(HttpContext http, KeyAnswer answer)
    {
        if (answer.Error is { } wrong)
        {
            var error = new ChatError(FailureKind.BadRequest, wrong.Message)
            {
                Status = answer.Status,
                Code = wrong.Code,
                Param = wrong.Field,
            };
            await Rejection.WriteAsync(http, dialect, ids.Next(), error);
            return;
        }

        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        // It may hold a key's text: nothing between here and the caller may keep it.
        http.Response.Headers.CacheControl = "no-store";
        http.Response.ContentLength = answer.Json.Length;
        await http.Response.BodyWriter.WriteAsync(answer.Json, http.RequestAborted);
    }

    // The present rules count, not those of the moment the request began.
    private static KeyActor ActorOf(HttpContext http) => KeyActor.Of(http.Session().Caller.State!.Key);

    private static string IdOf(HttpContext http) => (string)http.Request.RouteValues["id"]!;
}
