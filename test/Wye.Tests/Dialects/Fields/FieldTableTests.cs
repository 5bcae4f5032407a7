using System.Text;
using Wye.Chat;
using Wye.Yaml;

namespace Wye.Dialects.Fields;

/// <summary>
/// The table of fields in docs/dialects.md, cell by cell: what it says is what happens, and every cell is tried. A field
/// without a sample, a sample without a row and a member that a reader knows without a row fail. WYE_UPDATE_GOLDEN=1 writes the
/// table anew; review what changed.
/// </summary>
public class FieldTableTests
{
    private static readonly string[] Targets = ["openai", "anthropic", "gemini"];

    public static TheoryData<string, string, string, string> Cells
    {
        get
        {
            var cells = new TheoryData<string, string, string, string>();
            foreach (var row in Rows())
            {
                for (var i = 0; i < Targets.Length; i++)
                {
                    cells.Add(row.Caller, row.Field, Targets[i], row.Verdicts[i]);
                }
            }

            return cells;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Cell_SaysWhatHappens(string caller, string field, string target, string verdict)
    {
        FieldSamples.All.ShouldContainKey((caller, field), "every row needs a sample");
        VerdictOf(caller, field, target).ShouldBe(verdict);
    }

    [Fact]
    public void Table_IsWrittenAnew_WhenToldTo()
    {
        if (Environment.GetEnvironmentVariable("WYE_UPDATE_GOLDEN") is not "1")
        {
            return;
        }

        var path = Path.Combine(Repository.Root, "docs", "dialects.md");
        var text = File.ReadAllText(path);
        var start = text.IndexOf("#### From `", StringComparison.Ordinal);
        var end = text.IndexOf("\n## ", start, StringComparison.Ordinal);
        var table = new StringBuilder();
        foreach (var caller in FieldSamples.Plain.Keys)
        {
            table.Append(System.Globalization.CultureInfo.InvariantCulture, $"#### From `{caller}`\n");
            table.Append("| field | to `openai` | to `anthropic` | to `gemini` |\n|---|---|---|---|\n");
            foreach (var (_, field) in FieldSamples.All.Keys.Where(key => key.Caller == caller))
            {
                var verdicts = string.Join(" | ", Targets.Select(target => VerdictOf(caller, field, target)));
                table.Append(System.Globalization.CultureInfo.InvariantCulture, $"| `{field}` | {verdicts} |\n");
            }

            table.Append('\n');
        }

        File.WriteAllText(path, text[..start] + table.ToString().TrimEnd('\n') + "\n" + text[end..]);
    }

    [Fact]
    public void EverySample_HasItsRow() =>
        FieldSamples
            .All.Keys.OrderBy(key => key)
            .ShouldBe(Rows().Select(row => (row.Caller, row.Field)).OrderBy(key => key));

    [Fact]
    public void EveryMemberThatIsRead_StandsInTheTable()
    {
        var rows = Rows().ToLookup(row => row.Caller, row => row.Field, StringComparer.Ordinal);
        foreach (var (caller, members) in KnownMembers)
        {
            var text = string.Join(' ', rows[caller]);
            foreach (var member in members)
            {
                text.ShouldContain(member, Case.Sensitive, $"{caller} reads it");
            }
        }
    }

    [Fact]
    public void MembersThatNobodyKnows_AreDroppedByName_BetweenDialects()
    {
        foreach (var (caller, plain) in FieldSamples.Plain)
        {
            if (caller == "embeddings")
            {
                continue;
            }

            using var request = Faces.Read(Faces.Caller(caller), plain[..^1] + ",\"elvish\":{\"a\":1}}");
            foreach (var target in Targets.Where(target => target != caller))
            {
                Faces.Write(Faces.Provider(target), request).Dropped.ShouldBe(["elvish"], $"{caller} to {target}");
            }
        }
    }

    private static readonly (string Caller, string[] Members)[] KnownMembers =
    [
        (
            "openai",
            [
                "messages",
                "stream",
                "max_tokens",
                "max_completion_tokens",
                "temperature",
                "top_p",
                "presence_penalty",
                "frequency_penalty",
                "n",
                "stop",
                "seed",
                "user",
                "tools",
                "tool_choice",
                "functions",
                "function_call",
                "response_format",
                "logprobs",
                "top_logprobs",
                "modalities",
                "audio",
                "reasoning_effort",
                "parallel_tool_calls",
                "top_k",
                "web_search_options",
            ]
        ),
        (
            "anthropic",
            [
                "system",
                "messages",
                "max_tokens",
                "metadata",
                "stop_sequences",
                "stream",
                "temperature",
                "top_p",
                "top_k",
                "tools",
                "tool_choice",
                "thinking",
                "output_config",
                "mcp_servers",
                "container",
            ]
        ),
        (
            "responses",
            [
                "instructions",
                "input",
                "store",
                "stream",
                "max_output_tokens",
                "temperature",
                "top_p",
                "user",
                "tools",
                "tool_choice",
                "parallel_tool_calls",
                "text",
                "reasoning",
                "metadata",
                "top_logprobs",
                "truncation",
            ]
        ),
        (
            "completions",
            [
                "prompt",
                "stream",
                "max_tokens",
                "temperature",
                "top_p",
                "n",
                "best_of",
                "stop",
                "user",
                "logprobs",
                "echo",
                "suffix",
            ]
        ),
        ("embeddings", ["input", "dimensions", "encoding_format", "user"]),
    ];

    private static string VerdictOf(string caller, string field, string target)
    {
        using var request = Faces.Read(Faces.Caller(caller), FieldSamples.All[(caller, field)]);
        // Providers that speak OpenAI's chat take embeddings beside it.
        var to = (caller, target) is ("embeddings", "openai") ? Faces.Embeddings : Faces.Provider(target);
        if (!to.CanWriteRequest(request, out var refused))
        {
            if (refused.Code == ChatErrorCodes.DialectMismatch)
            {
                return "not offered";
            }

            refused.Code.ShouldBe(ChatErrorCodes.CannotTranslate);
            PathIsOf(refused.Param!, field).ShouldBeTrue($"{refused.Param} is no path of {field}");
            Faces.Caller(caller).StatusOf(refused).ShouldBe(400);
            return "refused";
        }

        using var plain = Faces.Read(Faces.Caller(caller), FieldSamples.Plain[caller]);
        var (body, dropped) = Faces.Write(to, request);
        var (without, none) = Faces.Write(to, plain);
        none.ShouldBeEmpty();
        if (request.Dialect == to.Id)
        {
            dropped.ShouldBeEmpty();
            body.ShouldNotBe(without);
            return "kept";
        }

        // Of a list of fields in one row, the first named is what the sample sets.
        var carried = body != without;
        return (carried, dropped.Length > 0) switch
        {
            (true, false) => "mapped",
            (true, true) => CarriesOnlyItsSetting(field) ? "dropped" : "mapped, dropped",
            (false, true) => "dropped",
            (false, false) => "met here",
        };
    }

    // Where the sample of a dropped field needs something that is carried (a tool, an image, a turn) around it.
    private static bool CarriesOnlyItsSetting(string field) =>
        field.Contains("[].", StringComparison.Ordinal)
        || field.Contains("cache_control", StringComparison.Ordinal)
        || field.Contains("parallel", StringComparison.Ordinal)
        || field.Contains("thinking", StringComparison.Ordinal)
        || field.StartsWith("input[] reasoning", StringComparison.Ordinal);

    private static bool PathIsOf(string path, string field)
    {
        var root = path.Split('[', '.')[0];
        return field.Contains(root, StringComparison.Ordinal);
    }

    private static IEnumerable<(string Caller, string Field, string[] Verdicts)> Rows()
    {
        var caller = "";
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "docs", "dialects.md"), Encoding.UTF8))
        {
            if (line.StartsWith("#### From `", StringComparison.Ordinal))
            {
                caller = line.Split('`')[1];
            }
            else if (line.StartsWith('#'))
            {
                caller = "";
            }
            else if (caller.Length > 0 && line.StartsWith("| `", StringComparison.Ordinal))
            {
                var cells = line.Split('|', StringSplitOptions.TrimEntries)[1..^1];
                yield return (caller, cells[0].Trim('`'), cells[1..]);
            }
        }
    }
}
