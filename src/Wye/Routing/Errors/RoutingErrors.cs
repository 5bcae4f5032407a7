using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing.Plans;
using Wye.Routing.Shrinking;

namespace Wye.Routing.Errors;

/// <summary>What a caller is told when there is no plan.</summary>
internal static class RoutingErrors
{
    private const int MostNamed = 100;
    private const int MostReasons = 5;

    public static ChatError UnknownModel(string name, IEnumerable<string> known)
    {
        var near = NameSuggestion.Nearest(name, known);
        var meant = near.Count == 0 ? "" : $" Did you mean {string.Join(" or ", near.Select(one => $"'{one}'"))}?";
        return new ChatError(
            FailureKind.ModelNotFound,
            $"Model '{Shown(name)}' is not known.{meant} Ask for a route, an alias or a model; /v1/models lists them."
        )
        {
            Code = "model_not_found",
            Param = "model",
        };
    }

    /// <summary>The error of a model that is known, but not for what is asked.</summary>
    public static ChatError OtherKind(string name, bool embeds, IEnumerable<string> embeddings)
    {
        var message = embeds
            ? $"'{Shown(name)}' makes no embeddings. {Offered(embeddings)}"
            : $"Model '{Shown(name)}' takes no chat, it makes embeddings. Ask it at /v1/embeddings, or name a chat model.";
        return new ChatError(FailureKind.ModelNotFound, message) { Code = "model_not_found", Param = "model" };
    }

    private static string Offered(IEnumerable<string> embeddings)
    {
        var names = string.Join(", ", embeddings.Order(StringComparer.Ordinal).Take(MostReasons));
        return names.Length == 0
            ? "No embedding model is configured: add one under models with its deployments."
            : $"Ask for one that does: {names}.";
    }

    public static ChatError NotForKey(string name, IEnumerable<string> allowed)
    {
        var names = allowed.Order(StringComparer.Ordinal).ToList();
        var some =
            names.Count == 0
                ? "nothing that is served here"
                : string.Join(", ", names.Take(MostReasons))
                    + (names.Count > MostReasons ? $" and {names.Count - MostReasons} more" : "");
        return new ChatError(
            FailureKind.BadRequest,
            $"This key may not ask for '{Shown(name)}'. It may ask for {some}; /v1/models lists them."
        )
        {
            Status = 403,
            Code = "model_not_allowed",
            Param = "model",
        };
    }

    /// <summary>The error of a prompt of which nothing is left once its <c>/model</c> line is cut.</summary>
    public static ChatError NothingAsked(string name) =>
        new(
            FailureKind.BadRequest,
            $"The last user message holds nothing but the line '/model {Shown(name)}', which is not sent on. Write the prompt below that line, in the same message."
        )
        {
            Code = "empty_prompt",
        };

    public static ChatError NothingLeft(ImmutableArray<Removal> removals, CompiledRoute route, FeatureSet features)
    {
        var causes = Causes(removals, route.Asked);
        var (kind, code, what) = Kind(causes);
        var target = route.Asked is { } asked ? $"model '{asked}'" : $"route '{route.Route.Name}'";
        return new ChatError(kind, $"{what} on {target}: {Reasons(removals)}.")
        {
            Code = code,
            RetryAfter = kind == FailureKind.NoneAvailable ? features.CooldownLeft() : null,
            Param = causes.Contains(RemovalCause.OutputLimit) && kind == FailureKind.BadRequest ? "max_tokens" : null,
        };
    }

    // When a model was asked for, only what stands in its own way matters.
    private static HashSet<RemovalCause> Causes(ImmutableArray<Removal> removals, ModelId? asked)
    {
        HashSet<RemovalCause> causes = [];
        foreach (var removal in removals)
        {
            if (removal.Deployment is null && (asked is null || removal.Model == asked))
            {
                causes.Add(removal.Cause);
            }
        }

        return causes;
    }

    private static (FailureKind Kind, string Code, string What) Kind(HashSet<RemovalCause> causes) =>
        causes.Contains(RemovalCause.CoolingDown)
            ? (FailureKind.NoneAvailable, "none_available", "No model is available now")
        : causes.Contains(RemovalCause.Cost) || causes.Contains(RemovalCause.UnknownPrice)
            ? (FailureKind.BudgetExceeded, "cost_cap_exceeded", "No model is within the cost cap")
        : causes.Contains(RemovalCause.ContextWindow)
            ? (FailureKind.ContextLength, "context_length_exceeded", "The request does not fit any model")
        : causes.Contains(RemovalCause.OutputLimit)
            ? (FailureKind.BadRequest, "max_tokens_too_large", "No model gives that much output")
        : causes.Contains(RemovalCause.Capability)
            ? (FailureKind.BadRequest, "unsupported_feature", "No model can do what the request asks")
        : causes.Contains(RemovalCause.Tags)
            ? (FailureKind.BadRequest, "no_deployment_with_tags", "No deployment carries the tags asked for")
        : causes.Contains(RemovalCause.NotAllowed)
            ? (FailureKind.ModelNotFound, "model_not_found", "The key may use no model")
        : (FailureKind.NoneAvailable, "none_available", "No model is eligible");

    private static string Reasons(ImmutableArray<Removal> removals)
    {
        if (removals.IsEmpty)
        {
            return "it has no model";
        }

        var shown = removals.Take(MostReasons).Select(removal => $"{removal.Model} {removal.Reason}");
        var more = removals.Length > MostReasons ? $"; and {removals.Length - MostReasons} more" : "";
        return string.Join("; ", shown) + more;
    }

    /// <summary>A caller's text, cut and escaped so that it cannot break a log line or a header.</summary>
    private static string Shown(string name)
    {
        var shown = new StringBuilder();
        foreach (var letter in name.AsSpan(0, Math.Min(name.Length, MostNamed)))
        {
            if (letter is >= ' ' and <= '~' and not '\'' and not '\\')
            {
                shown.Append(letter);
            }
            else
            {
                shown.Append(CultureInfo.InvariantCulture, $"\\u{(int)letter:x4}");
            }
        }

        return name.Length > MostNamed ? shown.Append("...").ToString() : shown.ToString();
    }
}
