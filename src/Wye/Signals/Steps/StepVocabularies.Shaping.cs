using Wye.Primitives;

namespace Wye.Signals.Steps;

internal static partial class StepVocabularies
{
    private static StepVocabulary[] Shaping =>
        [
            new(StepKind.Format, Narrow: true)
            {
                Leads = "format, reformat, pretty print, prettify, normalize, normalise, indent, capitalize, beautify",
                Phrases =
                    "as markdown table, as html table, markdown table, html table, into bullet points, bulleted list, "
                    + "numbered list, numbered markdown list, alphabetical order, title case, upper case, lower case, "
                    + "without changing words, without changing any wording, without changing wording, keep wording, "
                    + "international format, indentation, one per line, same wording",
                Hints = "bullet points, layout, readable, into * form, markdown",
                Roles = "are formatter, are * formatter",
            },
            new(StepKind.Template, Narrow: true)
            {
                Leads =
                    "fill in, fill out, populate, replace placeholders, substitute, insert variables, insert values, "
                    + "insert * into, complete template",
                Phrases =
                    "fill in template, use template, using template, given template, form letter, boilerplate with, "
                    + "complete * template, message template, mail template, letter template, template with, template below",
                Hints = "template, placeholders, placeholder, boilerplate",
            },
            new(StepKind.Extract, Narrow: true)
            {
                Leads =
                    "extract, pull, pull out, list every, list urls, list names, list people, parse, identify, find names, "
                    + "find company names, find mentions, get total, get name, collect",
                Phrases =
                    "named entities, mentioned in, return fields, with keys, extract, as json from, found in text, "
                    + "out of e mail, out of email, structured data, invoice number, order number, from invoice, from resume, "
                    + "from receipt, in text below, from text below, fields from",
                Hints = "fields, entities, in text, from text",
                Roles = "extract structured, extract data",
            },
            new(StepKind.Summarize, Narrow: true)
            {
                Leads =
                    "summarize, summarise, condense, shorten, tl dr, tldr, recap, abridge, write summary, give gist, give summary, "
                    + "write short summary",
                Phrases =
                    "summary of, short summary, brief summary, key points of, main points of, main takeaways, key takeaways, "
                    + "gist of, tl dr of, short abstracts, executive summary, what are key points, five key points",
                Hints = "summary, takeaways, key points, gist, abstract, bullet summary",
                Roles = "are summarizer, are * summarizer",
            },
            new(StepKind.Transform)
            {
                Leads =
                    "convert, port, transform, migrate, transpile, map, rewrite sql, rewrite code, rewrite class, rewrite query, "
                    + "rewrite function, rewrite * component, rewrite * query, change code, change sql, change * code, turn json, "
                    + "turn csv, turn xml",
                Phrases =
                    "to json, to csv, to xml, to yaml, to toml, into json, into csv, into sql, into xml, to rust, to kotlin, "
                    + "to javascript, to python, to typescript, to java, to swift, to go code, target structure, target format, "
                    + "target schema, new schema, to use async, as function component, with hooks, instead of mysql, "
                    + "instead of oracle, from * to postgres, from yaml, from csv, sql insert",
                Hints = "dialect, instead of",
            },
            new(StepKind.Synthesize)
            {
                Leads =
                    "synthesize, synthesise, combine, merge, consolidate, integrate, bring together, draw together, reconcile, "
                    + "unify, aggregate, weave",
                Phrases =
                    "based on sources, using sources, from sources, from notes of, with citations, cite each source, cite sources, "
                    + "final report from, one coherent, literature review, integrated answer, unified picture, "
                    + "single consistent, one consistent, research agents, other agents, outputs of several",
                Hints = "into one, into single, sources, findings, contradictions",
                Roles = "are synthesizer, are * synthesizer, receive outputs",
            },
        ];

    private static IEnumerable<StepVocabulary> Translations
    {
        get
        {
            string[] languages =
            [
                "english german french spanish italian portuguese dutch polish russian ukrainian czech swedish norwegian danish",
                "finnish greek turkish arabic hebrew hindi bengali japanese chinese mandarin korean vietnamese thai indonesian",
            ];
            var names = string.Join(' ', languages).Split(' ');
            yield return new(StepKind.Translate, Narrow: true)
            {
                Leads = "translate, localize, localise, interpret into",
                Phrases =
                    "translation of, how do you say, how do i say, version of spanish, version of french, version of german, "
                    + string.Join(
                        ", ",
                        names.Select(name => $"into {name}, {name} translation, {name} version, from {name} to")
                    ),
                Hints = "translation, " + string.Join(", ", names.Select(name => $"in {name}, to {name}")),
                Roles = "are translator, are * translator, are * * translator",
            };
        }
    }
}
