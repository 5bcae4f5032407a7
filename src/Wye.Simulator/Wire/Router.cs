using Microsoft.AspNetCore.Http;
using Wye.Simulator.Answers;
using Wye.Simulator.Faults;
using Wye.Simulator.Wire.Anthropic;
using Wye.Simulator.Wire.Gemini;
using Wye.Simulator.Wire.OpenAi;

namespace Wye.Simulator.Wire;

/// <summary>From method and path to endpoint, after the key was checked.</summary>
internal sealed class Router(SimulatorCore core)
{
    private readonly ChatEndpoint _chat = new(core);
    private readonly CountTokensEndpoint _count = new(core);
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
        var face = FaceOf(http, path);
        try
        {
            await RouteAsync(http, face, path);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            var call = new SimulatedCall(core.NextNumber(), RequestIds.Of(http), face.IdPrefix, default);
            core.Record(call, e.StatusCode, FaultKind.None);
            await ChatEndpoint.SendErrorAsync(http, face, face.Word(ErrorCause.TooLarge, e.StatusCode, call));
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

    private Task RouteAsync(HttpContext http, ChatFace face, string path)
    {
        var method = http.Request.Method;
        if (!HasKey(http))
        {
            return ChatEndpoint.SendErrorAsync(
                http,
                face,
                face.Word(ErrorCause.BadKey, StatusCodes.Status401Unauthorized, null)
            );
        }

        return (method, path) switch
        {
            ("POST", _) when face is GeminiFace => _chat.HandleAsync(http, face),
            ("POST", "/v1/chat/completions" or "/v1/messages") => _chat.HandleAsync(http, face),
            ("POST", "/v1/messages/count_tokens") => _count.HandleAsync(http, face),
            ("POST", "/v1/embeddings") => _embeddings.HandleAsync(http, face),
            ("GET", "/v1/models") => _models.HandleAsync(http, face is AnthropicFace),
            _ => ChatEndpoint.SendErrorAsync(http, face, WireError.UnknownUrl(method, path)),
        };
    }

    private ChatFace FaceOf(HttpContext http, string path) =>
        path switch
        {
            "/v1/messages" => new AnthropicFace(Version(http)),
            "/v1/messages/count_tokens" => new AnthropicFace(Version(http), counting: true),
            "/v1/models" when Version(http) is not null => new AnthropicFace(Version(http)),
            _ when GeminiFace.Of(path, http.Request.QueryString.Value ?? "") is { } gemini => gemini,
            _ => new OpenAiFace(core.Options.Time.GetUtcNow().ToUnixTimeSeconds()),
        };

    private static string? Version(HttpContext http) =>
        http.Request.Headers.TryGetValue("anthropic-version", out var values) ? values.ToString() : null;

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
            || keys.Contains(http.Request.Headers["api-key"].ToString())
            || keys.Contains(http.Request.Headers["x-goog-api-key"].ToString());
    }
}
