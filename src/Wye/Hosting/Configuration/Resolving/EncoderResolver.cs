using System.Collections.Concurrent;
using Wye.Chat;
using Wye.Chat.Prompts;
using Wye.Hosting.Configuration.Problems;
using Wye.Hosting.Configuration.Resolving.Scope;
using Wye.Providers;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

namespace Wye.Hosting.Configuration.Resolving;

/// <summary><c>learning.encoder</c> → the encoder of a router that was trained on outside embeddings.</summary>
internal static class EncoderResolver
{
    private const string Path = "learning.encoder";

    // Connections outlive reloads; there are as many entries as connect timeouts.
    private static readonly ConcurrentDictionary<TimeSpan, HttpMessageInvoker> Transports = new();

    /// <summary>The encoder; whether the router can be served with what is configured.</summary>
    public static (IPromptEncoder? Encoder, bool Fits) Resolve(ResolveScope scope, RouterSnapshot router)
    {
        var config = scope.Config.Learning?.Encoder;
        if (router.Encoder.External is not { } external)
        {
            if (config is not null)
            {
                scope.Problems.Warn(
                    Path,
                    $"The router {Quotation.Of(router.Name)} needs no encoder, so none is asked.",
                    "Remove it."
                );
            }

            return (null, true);
        }

        if (config is null)
        {
            scope.Problems.Error(
                Path,
                $"The router {Quotation.Of(router.Name)} was trained on embeddings of {Quotation.Of(external.Model)}.",
                $"Add encoder: {{ provider: NAME, model: {external.Model} }}."
            );
            return (null, false);
        }

        return Checked(scope, config, router.Name, external) is { } endpoint
            ? (Make(scope, config, external, endpoint), true)
            : (null, false);
    }

    private static ProviderEndpoint? Checked(
        ResolveScope scope,
        EncoderConfig config,
        string router,
        ExternalEncoder external
    )
    {
        var before = scope.Problems.HasErrors;
        var model = config.Model ?? external.Model;
        if (!string.Equals(model, external.Model, StringComparison.Ordinal))
        {
            scope.Problems.Error(
                $"{Path}.model",
                $"The router {Quotation.Of(router)} was trained on embeddings of {Quotation.Of(external.Model)}, not of {scope.Problems.Show($"{Path}.model", model)}.",
                $"Write model: {external.Model}, or train a router on the other one."
            );
        }

        var at = $"{Path}.provider";
        if (config.Provider is not { } name)
        {
            scope.Problems.Error(at, "The encoder names no provider.", "Add provider: NAME, one of providers.");
            return null;
        }

        if (!scope.Providers.TryGetValue(name, out var endpoint))
        {
            scope.Problems.Error(
                at,
                $"There is no provider {scope.Problems.Show(at, name)}.",
                scope.Problems.Suggest(name, scope.Providers.Keys, "Add it under providers.")
            );
            return null;
        }

        if (!string.Equals(endpoint.Provider.Dialect, DialectId.OpenAi.Name, StringComparison.Ordinal))
        {
            scope.Problems.Error(
                at,
                $"The provider {Quotation.Of(name)} does not speak the OpenAI dialect, in which embeddings are asked.",
                "Name one with dialect: openai."
            );
        }

        return scope.Problems.HasErrors && !before ? null : endpoint;
    }

    private static OpenAiEmbeddingsEncoder Make(
        ResolveScope scope,
        EncoderConfig config,
        ExternalEncoder external,
        ProviderEndpoint endpoint
    ) =>
        new(
            endpoint,
            external.Model,
            external.Dimensions,
            external.Shortened,
            scope.Problems.Duration($"{Path}.timeout", config.Timeout, ConfigDefaults.MaxTimeout)
                ?? ConfigDefaults.EncoderTimeout,
            Transports.GetOrAdd(endpoint.ConnectTimeout, ProviderTransport.Create),
            TimeProvider.System
        );
}
