using Wye.Primitives;

namespace Wye.Signals.Steps;

internal static partial class StepVocabularies
{
    private static StepVocabulary[] Making =>
        [
            new(StepKind.Write)
            {
                Leads =
                    "write, draft, compose, author, rewrite, rephrase, paraphrase, reword, polish, create slogans, "
                    + "create * slogans, create * catchy slogans",
                Phrases =
                    "blog post, press release, product description, linkedin post, social media post, wedding speech, "
                    + "short story, thank you note, documentation for, release notes for",
                Hints =
                    "essay, poem, haiku, story, speech, slogan, slogans, tagline, newsletter, tweet, letter to, e mail to, tone",
                Roles = "are copywriter, are * copywriter, are writer, are * writer, are author, are novelist",
            },
            new(StepKind.Implement)
            {
                Leads =
                    "implement, code, refactor, fix bug, fix error, fix code, fix * bug, debug code, add unit tests, add tests, "
                    + "write function, write script, write program, write class, write query, write regex, write sql, write tests, "
                    + "write unit tests, write code, write python, write javascript, write typescript, write java, write bash, "
                    + "write shell, write macro, create script, create function, create * script, create * component, build function",
                Phrases =
                    "function that, function in, script that, sql query that, query that, regex that, regular expression that, "
                    + "class that, program that, python function, python script, javascript function, unit tests for, "
                    + "unit tests, react component, bash script, shell script, fix bug, how do i fix, stack trace, "
                    + "to reduce duplication, in python, in typescript, in rust, in golang, in c",
                Hints =
                    "code, bug, compile, exception, endpoint, function, sql, in java, in javascript, in kotlin, in swift",
                Roles = "are programmer, are * programmer, are developer, are * developer, are coding, are * coding",
            },
            new(StepKind.Review)
            {
                Leads =
                    "review, proofread, critique, look over, audit, give feedback, give me feedback, provide feedback, "
                    + "comment on, inspect",
                Phrases =
                    "feedback on, point out, what to improve, suggest improvements, what you would change, security issues, "
                    + "for vulnerabilities, for bugs, whats wrong with, what is wrong with, grammar mistakes, performance issues, "
                    + "code review, pull request",
                Hints = "diff, improvements, vulnerabilities, feedback",
                Roles =
                    "are reviewer, are * reviewer, are code reviewer, are * code reviewer, are editor, are * editor",
            },
        ];

    private static StepVocabulary[] Thinking =>
        [
            new(StepKind.Reason)
            {
                Leads =
                    "prove, solve, compute, calculate, derive, diagnose, deduce, work out, find derivative, find integral, "
                    + "find probability, show that, integrate function, differentiate, debug",
                Phrases =
                    "think step by step, step by step explanation, show steps, show work, explain each step, explain reasoning, "
                    + "probability of, what is probability, root cause, likely cause, why might, how many are left, "
                    + "who tells truth, how long until, necessarily, solve equation, solve for, is irrational, infinitely many",
                Hints =
                    "step by step, equation, theorem, proof, integral, derivative, probability, logically, reasoning, how many, why did",
                Roles = "are mathematician, are math, are logician",
            },
            new(StepKind.Plan)
            {
                Leads =
                    "plan, make plan, create plan, create * plan, make * plan, develop strategy, develop * strategy, draw up, "
                    + "outline strategy, strategize, outline plan",
                Phrases =
                    "step by step plan, project plan, migration plan, action plan, rollout plan, roadmap, itinerary, "
                    + "go to market, marketing strategy, what steps should, which steps should, ordered list of steps, "
                    + "into ordered steps, plan look like, strategy to, plan to",
                Hints = "plan, strategy, milestones, timeline, schedule",
                Roles = "are planner, are * planner, are planning, are planner of",
            },
            new(StepKind.Decompose)
            {
                Leads = "decompose, break down, break, split, divide",
                Phrases =
                    "subtasks, sub tasks, sub problems, subproblems, sub questions, subquestions, user stories, smaller tasks, "
                    + "smaller problems, smaller independent, work packages, into smaller, components of problem, "
                    + "individual parts, simpler questions, simple sub tasks, into independent",
                Hints = "components, parts, vague",
                Roles = "break complex, job is to break",
            },
            new(StepKind.Design)
            {
                Leads = "design, architect, sketch, propose architecture, propose * architecture",
                Phrases =
                    "software architecture, system architecture, system design, database schema, high level design, "
                    + "entity relationship, api design, data model for, architecture for, architecture of, good architecture, "
                    + "how would you structure, how should i design, how would you design, how should we design, how to design",
                Hints = "architecture, microservices, microservice, scalable, trade offs",
                Roles = "are architect, are * architect, are * * architect",
            },
            new(StepKind.Chat) { Leads = "hi, hello, hey, thanks, tell me", Hints = "how are you" },
        ];
}
