using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wye.Access;
using Wye.Chat;
using Wye.Dialects;

namespace Wye.Gateway.Endpoints;

/// <summary>Every path of the gateway, who may call it and in which dialect it speaks: one screen.</summary>
internal static class GatewayEndpoints
{
    public static IDialect OpenAi(WebApplication app) => Find(app, DialectId.OpenAi);

    private static ICallerDialect Face(WebApplication app, DialectId id) =>
        app.Services.GetRequiredService<DialectRegistry>().TryFind<ICallerDialect>(id.Name, out var dialect)
            ? dialect
            : throw new InvalidOperationException($"The dialect '{id}' is not registered.");

    private static IDialect Find(WebApplication app, DialectId id) =>
        app.Services.GetRequiredService<DialectRegistry>().TryFind(id.Name, out var dialect)
            ? dialect
            : throw new InvalidOperationException($"The dialect '{id}' is not registered.");

    public static void Map(WebApplication app)
    {
        T Make<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicConstructors)] T>(
            params object[] arguments
        ) => ActivatorUtilities.CreateInstance<T>(app.Services, arguments);
        var openAi = OpenAi(app);
        var anthropic = Find(app, DialectId.Anthropic);
        var responses = Face(app, DialectId.Responses);
        var completions = Face(app, DialectId.Completions);
        var embeddings = Face(app, DialectId.Embeddings);
        var data = new RequiredAccess(AccessRole.DataPlane, openAi);
        var messages = new RequiredAccess(AccessRole.DataPlane, anthropic);
        var admin = new RequiredAccess(AccessRole.Admin, openAi);
        var open = new RequiredAccess(null, openAi);

        Add("POST", "/v1/chat/completions", Make<ChatEndpoint>(openAi).HandleAsync, data);
        Add("POST", "/v1/messages", Make<ChatEndpoint>(anthropic).HandleAsync, messages);
        Add("POST", "/v1/messages/count_tokens", Make<CountTokensEndpoint>(anthropic).HandleAsync, messages);
        Add("POST", "/v1/route", Make<RouteEndpoint>(openAi).HandleAsync, data);
        Add("POST", "/v1/completions", Make<ChatEndpoint>(completions).HandleAsync, data);
        Add("POST", "/v1/embeddings", Make<ChatEndpoint>(embeddings).HandleAsync, data);
        var kept = Make<ResponsesEndpoint>(responses);
        Add("POST", "/v1/responses", kept.CreateAsync, data);
        Add("GET", "/v1/responses/{id}", kept.GetAsync, data);
        Add("DELETE", "/v1/responses/{id}", kept.DeleteAsync, data);
        var models = Make<ModelsEndpoint>(openAi, anthropic);
        Add("GET", "/v1/models", models.ListAsync, data);
        Add("GET", "/v1/models/{**id}", models.FindAsync, data);

        var health = Make<HealthEndpoints>();
        Add("GET", "/health/live", health.LiveAsync, open);
        Add("GET", "/health/ready", health.ReadyAsync, open);
        Add("GET", "/health/liveliness", health.LiveAsync, open); // as LiteLLM spells it
        Add("GET", "/health/readiness", health.ReadyAsync, open);

        var ledger = Make<AdminEndpoints>(openAi);
        Add("GET", "/metrics", Make<MetricsEndpoint>().HandleAsync, admin);
        Add("GET", "/admin/requests", ledger.RecentAsync, admin);
        Add("GET", "/admin/requests/{id}", ledger.RequestAsync, admin);
        Add("GET", "/admin/ledger/totals", ledger.TotalsAsync, admin);

        var config = Make<ConfigEndpoints>();
        Add("GET", "/admin/config", config.StatusAsync, admin);
        Add("POST", "/admin/reload", config.ReloadAsync, admin);

        void Add(string method, string path, RequestDelegate handler, RequiredAccess access) =>
            app.MapMethods(path, [method], handler).WithMetadata(access);
    }
}
