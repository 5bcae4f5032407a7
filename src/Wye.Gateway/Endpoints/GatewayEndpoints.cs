using System.Diagnostics.CodeAnalysis;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Wye.Chat;
using Wye.Dialects;

namespace Wye.Gateway.Endpoints;

/// <summary>Every path of the gateway, who may call it and in which dialect it speaks: one screen.</summary>
internal static class GatewayEndpoints
{
    /// <summary>In which dialect each caller is told of an error.</summary>
    public static CallerDialects Dialects(WebApplication app) =>
        new(Find(app, DialectId.OpenAi), Find(app, DialectId.Anthropic));

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
        var openAi = Find(app, DialectId.OpenAi);
        var anthropic = Find(app, DialectId.Anthropic);
        var responses = Face(app, DialectId.Responses);
        var completions = Face(app, DialectId.Completions);
        var embeddings = Face(app, DialectId.Embeddings);
        var calls = RequiredAccess.Calls(openAi);
        var messages = RequiredAccess.Calls(anthropic);
        var reads = RequiredAccess.Reads(openAi);
        var administers = RequiredAccess.Administers(openAi);
        var open = RequiredAccess.Open(openAi);
        var dialects = Dialects(app);

        Add("POST", "/v1/chat/completions", Make<ChatEndpoint>(openAi).HandleAsync, calls);
        Add("POST", "/v1/messages", Make<ChatEndpoint>(anthropic).HandleAsync, messages);
        Add("POST", "/v1/messages/count_tokens", Make<CountTokensEndpoint>(anthropic).HandleAsync, messages);
        Add("POST", "/v1/route", Make<RouteEndpoint>(openAi).HandleAsync, calls);
        Add("POST", "/v1/feedback", Make<FeedbackEndpoint>(dialects).HandleAsync, RequiredAccess.Calls(dialect: null));
        Add("POST", "/v1/completions", Make<ChatEndpoint>(completions).HandleAsync, calls);
        Add("POST", "/v1/embeddings", Make<ChatEndpoint>(embeddings).HandleAsync, calls);
        var kept = Make<ResponsesEndpoint>(responses);
        Add("POST", "/v1/responses", kept.CreateAsync, calls);
        Add("GET", "/v1/responses/{id}", kept.GetAsync, RequiredAccess.Free(openAi));
        Add("GET", "/v1/responses/{id}/input_items", kept.ListInputAsync, RequiredAccess.Free(openAi));
        Add("DELETE", "/v1/responses/{id}", kept.DeleteAsync, RequiredAccess.Free(openAi));
        foreach (var action in (string[])["input_tokens", "compact"]) // else they would be a response's id
        {
            Add("POST", "/v1/responses/" + action, kept.RefuseAsync, RequiredAccess.Free(openAi));
        }

        var models = Make<ModelsEndpoint>(openAi, anthropic, dialects);
        Add("GET", "/v1/models", models.ListAsync, RequiredAccess.Free(dialect: null));
        Add("GET", "/v1/models/{**id}", models.FindAsync, RequiredAccess.Free(dialect: null));

        var health = Make<HealthEndpoints>();
        foreach (var method in (string[])["GET", "HEAD"]) // probes often ask for the head only
        {
            Add(method, "/health/live", health.LiveAsync, open);
            Add(method, "/health/ready", health.ReadyAsync, open);
            Add(method, "/health/liveliness", health.LiveAsync, open); // as LiteLLM spells it
            Add(method, "/health/readiness", health.ReadyAsync, open);
        }

        var ledger = Make<AdminEndpoints>(openAi);
        Add("GET", "/metrics", Make<MetricsEndpoint>().HandleAsync, reads);
        Add("GET", "/admin/requests", ledger.RecentAsync, reads);
        Add("GET", "/admin/requests/{id}", ledger.RequestAsync, reads);
        Add("GET", "/admin/ledger/totals", ledger.TotalsAsync, reads);

        var config = Make<ConfigEndpoints>();
        Add("GET", "/admin/config", config.StatusAsync, reads);
        Add("POST", "/admin/reload", config.ReloadAsync, administers);

        var keys = Make<KeyEndpoints>(openAi);
        Add("GET", "/admin/keys", keys.ListAsync, reads);
        Add("POST", "/admin/keys", keys.CreateAsync, administers);
        Add("GET", "/admin/keys/{id}", keys.ShowAsync, reads);
        Add("PATCH", "/admin/keys/{id}", keys.UpdateAsync, administers);
        Add("DELETE", "/admin/keys/{id}", keys.DeleteAsync, administers);
        Add("POST", "/admin/keys/{id}/block", keys.BlockAsync, administers);
        Add("POST", "/admin/keys/{id}/unblock", keys.UnblockAsync, administers);
        Add("POST", "/admin/keys/{id}/rotate", keys.RotateAsync, administers);

        void Add(string method, string path, RequestDelegate handler, RequiredAccess access) =>
            app.MapMethods(path, [method], handler).WithMetadata(access);
    }
}
