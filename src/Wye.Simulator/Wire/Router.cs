using Microsoft.AspNetCore.Http;

namespace Wye.Simulator.Wire;

/// <summary>From method and path to endpoint, after the key was checked.</summary>
internal sealed class Router(SimulatorCore core)
{
    private readonly ChatEndpoint _chat = new(core);
    private readonly EmbeddingsEndpoint _embeddings = new(core);
    private readonly ModelsEndpoint _models = new(core);
    private readonly AdminEndpoint _admin = new(core);

    public async Task HandleAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "";
        if (path.StartsWith("/sim/", StringComparison.Ordinal) && core.Options.AdminFace)
        {
            await _admin.HandleAsync(http, path);
            return;
        }

        core.Bill.Enter();
        try
        {
            await RouteAsync(http, path);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The caller is gone; the meter has done what was to do.
        }
        finally
        {
            core.Bill.Leave();
        }
    }

    private Task RouteAsync(HttpContext http, string path)
    {
        var face = FaceOf(path);
        var method = http.Request.Method;
        if (!HasKey(http))
        {
            return ChatEndpoint.SendErrorAsync(http, face, WireError.BadKey);
        }

        return (method, path) switch
        {
            ("POST", "/v1/chat/completions") => _chat.HandleAsync(http, face),
            ("POST", "/v1/embeddings") => _embeddings.HandleAsync(http, face),
            ("GET", "/v1/models") => _models.HandleAsync(http),
            _ => ChatEndpoint.SendErrorAsync(http, face, WireError.UnknownUrl(method, path)),
        };
    }

    private ChatFace FaceOf(string path) =>
        path switch
        {
            _ => new OpenAiFace(core.Options.Time.GetUtcNow().ToUnixTimeSeconds()),
        };

    private bool HasKey(HttpContext http)
    {
        if (core.Options.ApiKeys is not { } keys)
        {
            return true;
        }

        const string Bearer = "Bearer ";
        var authorization = http.Request.Headers.Authorization.ToString();
        return (
                authorization.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
                && keys.Contains(authorization[Bearer.Length..])
            )
            || keys.Contains(http.Request.Headers["x-api-key"].ToString())
            || keys.Contains(http.Request.Headers["api-key"].ToString());
    }
}
