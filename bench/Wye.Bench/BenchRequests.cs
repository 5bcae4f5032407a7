using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Routing;
using Wye.Routing.Routes;
using Wye.Testing;

namespace Wye.Bench;

/// <summary>Requests and a snapshot as they come in practice: an ask, its material, a system prompt.</summary>
internal static class BenchRequests
{
    private const string Prose =
        "The quarterly review showed that delivery times in the northern region rose by 4 percent, mostly because two of the "
        + "carriers changed their schedules; the team proposes to split orders by weight and to move the cut-off to 3 pm. ";

    private static readonly string[] Asks =
    [
        "Summarize the following report for the board in three sentences.\n",
        "Classify this message as billing, technical or other.\n",
        "Write an e-mail that explains these changes to our customers.\n",
        "What do you think about this?\n",
        "Review the text below and point out weak arguments.\n",
    ];

    public const int Models = 12;

    public static RoutingSnapshot Snapshot(ISelectionPolicy policy)
    {
        List<Model> models = [];
        string[] tiers = ["small", "medium", "large"];
        for (var i = 0; i < Models; i++)
        {
            models.Add(A.PoolModel($"model-{i}", tiers[i / 4], 0.1m * (i + 1), 0.5m * (i + 1), 128_000 + i, 16_000));
        }

        return A.Pool(
            models,
            route =>
                route with
                {
                    Policies = [policy],
                    Rules =
                    [
                        new RouteRule
                        {
                            Name = "code",
                            Tier = new TierName("large"),
                            Code = true,
                        },
                        new RouteRule
                        {
                            Name = "words",
                            Tier = new TierName("medium"),
                            Matches = new Regex(
                                "contract|lawsuit",
                                RegexOptions.NonBacktracking | RegexOptions.IgnoreCase
                            ),
                        },
                    ],
                }
        );
    }

    /// <summary>Requests of one size that differ in what they ask.</summary>
    public static ChatRequest[] OfSize(int bytes) => [.. Asks.Select(ask => Request(ask, bytes))];

    /// <summary>Requests of many sizes up to 20 KB, so that hardly two are decided alike.</summary>
    public static ChatRequest[] Spread(int count) =>
        [.. Enumerable.Range(0, count).Select(i => Request(Asks[i % Asks.Length], 400 + (i * 19_600 / count)))];

    public static ChatRequest Cyrillic(int bytes) =>
        A.Asked(string.Concat(Enumerable.Repeat("Отчёт показал рост сроков. ", bytes / 50)));

    /// <summary>The same requests as the bodies a client sends.</summary>
    public static byte[][] BodiesOfSize(int bytes) => [.. Asks.Select(ask => Body(ask, bytes))];

    private static byte[] Body(string ask, int bytes)
    {
        var text = new StringBuilder(ask);
        while (text.Length < bytes)
        {
            text.Append(Prose);
        }

        const string head =
            """{"model":"auto","messages":[{"role":"system","content":"You are a careful assistant."},{"role":"user","content":""";
        const string tail = """}],"temperature":0.2,"max_tokens":500,"stream":true}""";
        text.Length = bytes - head.Length - tail.Length - 10;
        return Encoding.UTF8.GetBytes($"{head}{JsonSerializer.Serialize(text.ToString())}{tail}");
    }

    private static ChatRequest Request(string ask, int bytes)
    {
        const string system =
            "You are a careful assistant of a logistics company. Answer briefly and say when you are not sure.";
        var text = new StringBuilder(ask);
        while (text.Length < bytes - system.Length - 60)
        {
            text.Append(Prose);
        }

        text.Length = bytes - system.Length - 60;
        return A.Asked(text.ToString(), system);
    }
}
