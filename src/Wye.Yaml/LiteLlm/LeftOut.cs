using System.Collections.Frozen;

namespace Wye.Yaml.LiteLlm;

/// <summary>Why a key of LiteLLM is not carried, and what Wye has instead.</summary>
internal static class LeftOut
{
    private static readonly FrozenDictionary<string, (string What, string Instead)> Reasons = new Dictionary<
        string,
        (string, string)
    >(StringComparer.Ordinal)
    {
        ["api_version"] = ("Azure is called at its v1 address, which takes no version.", ""),
        ["timeout"] = ("Time limits belong to a route.", "Set timeouts of the route, or under explicit."),
        ["request_timeout"] = ("Time limits belong to a route.", "Set timeouts of the route, or under explicit."),
        ["stream_timeout"] = ("Time limits belong to a route.", "Set timeouts.first_token of the route."),
        ["max_retries"] = ("Attempts are bounded for the whole request.", "Set max_failure_attempts of the route."),
        ["cooldown_time"] = ("One cooldown holds for all deployments.", "Set health.cooldown."),
        ["max_budget"] = (
            "Budgets are not carried.",
            "Write it under budgets: { NAME: { limit: USD, window: month } }."
        ),
        ["budget_duration"] = ("Budgets are not carried.", "Set window of the budget."),
        ["provider_budget_config"] = ("Budgets are not carried.", "Write budgets of scope: provider."),
        ["drop_params"] = ("Wye passes on what a model takes, and routes past models that cannot take a request.", ""),
        ["mock_response"] = ("Configurations hold no answers.", "Use `wye simulate` for tests."),
        ["retry_policy"] = ("Each kind of failure has its rule: 429, 5xx and timeouts are retried, 4xx are not.", ""),
        ["allowed_fails_policy"] = ("One count holds for all kinds of failure.", "Set health.allowed_fails."),
        ["routing_strategy_args"] = ("Balancing policies need no tuning.", ""),
        ["enable_pre_call_checks"] = ("Always on: a request only goes to models whose context holds it.", ""),
        ["max_fallbacks"] = ("Attempts are bounded for the whole request.", "Set max_failure_attempts of the route."),
        ["enable_tag_filtering"] = ("Always on: x-wye-tags chooses among the tagged deployments of a model.", ""),
        ["redis_host"] = ("One Wye needs no Redis.", ""),
        ["redis_port"] = ("One Wye needs no Redis.", ""),
        ["redis_password"] = ("One Wye needs no Redis.", ""),
        ["redis_url"] = ("One Wye needs no Redis.", ""),
        ["cache"] = ("Wye does not cache answers.", "Prompt caches of providers are used and priced."),
        ["cache_params"] = ("Wye does not cache answers.", ""),
        ["database_url"] = ("The ledger is a SQLite file.", "Set store.path to choose where."),
        ["callbacks"] = ("Callbacks are code.", "Metrics are at /metrics."),
        ["success_callback"] = ("Callbacks are code.", "Metrics are at /metrics."),
        ["failure_callback"] = ("Callbacks are code.", "Metrics are at /metrics."),
        ["set_verbose"] = ("Prompts and keys are never logged.", ""),
        ["alerting"] = ("Wye sends no alerts.", "Alert on /metrics."),
        ["guardrails"] = ("Guardrails belong to a later version.", ""),
        ["aws_access_key_id"] = ("Request signing for AWS is not built.", ""),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    public static (string What, string Instead) Reason(string key) =>
        Reasons.GetValueOrDefault(key, ("Wye has nothing that corresponds.", ""));
}
