using Wye.Primitives;

namespace Wye.Signals.Steps;

/// <summary>The rule table: what words tell which step kind. English; other languages are told by structure alone.</summary>
internal static partial class StepVocabularies
{
    /// <summary>Every vocabulary.</summary>
    public static StepVocabulary[] All => [.. Sorting, .. Shaping, .. Making, .. Thinking, .. Translations];

    private static StepVocabulary[] Sorting =>
        [
            new(StepKind.Classify, Narrow: true)
            {
                Leads =
                    "classify, categorize, categorise, label, tag, bucket, detect language, detect sentiment, detect topic, "
                    + "determine language, determine intent, determine sentiment, determine topic, identify intent, "
                    + "identify language, identify sentiment, identify topic, assign one, assign label, assign category",
                Phrases =
                    "positive negative or neutral, positive negative neutral, positive or negative, into one of, "
                    + "one of categories, one of labels, which category, what category, which class, which label, "
                    + "intent of, sentiment of, topic of, category only, label only, exactly one label, one label, "
                    + "possible intents, possible labels, possible categories, spam or ham, spam or not, true or false, "
                    + "classify it as, classify as",
                Hints = "sentiment, category, categories, labels, intent, with one of",
                Roles = "are classifier, are * classifier, are * * classifier, sort incoming",
            },
            new(StepKind.Route, Narrow: true)
            {
                Leads =
                    "route, dispatch, forward, triage, pick queue, choose queue, choose which queue, pick next, select next, "
                    + "choose next, decide next, decide where, determine which sub agent, determine which agent, pick * queue",
                Phrases =
                    "which agent, which specialist, which team, which department, which queue, which handler, which model should, "
                    + "right department, right team, correct team, correct department, next agent, next handler, next node, "
                    + "where to send, should handle, be forwarded to, forward * to, one of handlers, specialist agent, "
                    + "is responsible, agent should handle, choose next step, decide which agent, decide which specialist agent",
                Hints = "queue, handler, handlers, escalate",
                Roles = "are router, are * router, are dispatcher, are * dispatcher, are triage, are * triage",
            },
            new(StepKind.Validate, Narrow: true)
            {
                Leads =
                    "validate, verify, ensure, make sure, confirm, check whether, check if, check output against, check json, "
                    + "check document, check against",
                Phrases =
                    "conforms to, conform to, against schema, against rules, against criteria, against constraints, is valid, "
                    + "valid or invalid, is * valid, valid * expression, valid json, match required, matches schema, "
                    + "match schema, matches required, satisfies, constraints, required keys, required structure, "
                    + "required fields, missing required, missing keys, formatted correctly, meets criteria, report errors, "
                    + "list every violation, every violation, what is missing",
                Hints = "schema, check, acceptance criteria, valid, invalid, does * contain",
                Roles = "are validator, are * validator, verify form",
            },
            new(StepKind.Safety, Narrow: true)
            {
                Leads = "moderate, flag",
                Phrases =
                    "hate speech, harassment, toxic, toxicity, self harm, sexual content, harmful, illegal content, "
                    + "prompt injection, jailbreak, content moderation, content moderator, moderation policy, "
                    + "personally identifiable, personal data, pii, violates policy, violates * policy, safe or unsafe, unsafe, "
                    + "inappropriate, offensive, abusive, should be blocked",
                Hints = "moderation, violence, violent, policy",
                Roles =
                    "are content moderator, are content moderation, are * moderator, are safety, safe or unsafe according",
            },
            new(StepKind.ToolSelect, Narrow: true)
            {
                Leads =
                    "pick tool, choose tool, select tool, pick right tool, choose right tool, select best tool, choose best tool, "
                    + "select one api, choose right api, choose function, select function, pick function, call tool",
                Phrases =
                    "which tool, which function should, which function to call, which api, function to call, tool to call, "
                    + "tool to invoke, tools to invoke, function call, api call, available tools, available functions, tool call, "
                    + "with what arguments, with which arguments, with what parameters, call functions, access to tools, "
                    + "right tool, best tool, tool needed, one api",
                Hints = "tools, functions, arguments, invoke",
            },
            new(StepKind.Judge, Narrow: true)
            {
                Leads = "judge, rate, score, grade, evaluate, rank, compare two, compare responses, compare answers",
                Phrases =
                    "which response is, which answer is, which of two answers, which of two responses, which one is better, which is better, on scale of, "
                    + "on scale from, from 1 to 10, from 1 to 5, from 0 to 100, from 0 to 10, is more helpful, pass or fail, "
                    + "using rubric, rubric below, rubric, declare winner, answer correct, against reference, assistants answer, "
                    + "answers question correctly, response for accuracy, which answer, which response",
                Hints = "accuracy, helpfulness, faithfulness, better",
                Roles =
                    "are judge, are * judge, are evaluator, are * evaluator, are grader, are * grader, impartial judge",
            },
        ];
}
