using System.Globalization;
using System.Text;
using Wye.Catalog;
using Wye.Chat;
using Wye.Dialects;
using Wye.Primitives;

namespace Wye.Ledger;

/// <summary>Usage bodies after the documented shapes of providers, each with its exact cost in pico-dollars.</summary>
public sealed class CostTableTests
{
    // Figures in USD per 1M tokens, chosen so that every kind shows in the sum; not anybody's list prices.
    private static readonly Price Plain = new(Usd.PerMillionTokens(2m), Usd.PerMillionTokens(8m));

    private static readonly Price Rich = new(
        Usd.PerMillionTokens(3m),
        Usd.PerMillionTokens(15m),
        Usd.PerMillionTokens(0.3m),
        Usd.PerMillionTokens(3.75m)
    )
    {
        CacheWriteHour = Usd.PerMillionTokens(6m),
        AudioInput = Usd.PerMillionTokens(40m),
        AudioOutput = Usd.PerMillionTokens(80m),
        ImageInput = Usd.PerMillionTokens(5m),
        Reasoning = Usd.PerMillionTokens(12m),
    };

    private static readonly Price Stepped = new(
        Usd.PerMillionTokens(1.25m),
        Usd.PerMillionTokens(10m),
        Usd.PerMillionTokens(0.125m)
    )
    {
        Steps =
        [
            new(200_000, new Price(Usd.PerMillionTokens(2.5m), Usd.PerMillionTokens(15m), Usd.PerMillionTokens(0.25m))),
        ],
    };

    private static readonly Price Tiered = Plain with
    {
        Tiers =
        [
            new(ServiceTier.Batch, new Price(Usd.PerMillionTokens(1m), Usd.PerMillionTokens(4m))),
            new(ServiceTier.Flex, new Price(Usd.PerMillionTokens(1m), Usd.PerMillionTokens(4m))),
            new(ServiceTier.Priority, new Price(Usd.PerMillionTokens(3.5m), Usd.PerMillionTokens(14m))),
        ],
    };

    private static readonly Price PerCall = Plain with { PerRequest = Usd.FromDollars(0.005m) };

    private static readonly Price Fine = new(Usd.PerMillionTokens(0.075m), Usd.PerMillionTokens(0.3m));

    // name | dialect | price | usage (or: tier ; usage) | p$; ? = not believable, to be estimated.
    private const string Table = """
        openai chat, plain | openai | plain | {"prompt_tokens":19,"completion_tokens":10,"total_tokens":29} | 118000000
        openai chat, all details zero | openai | plain | {"prompt_tokens":19,"completion_tokens":10,"total_tokens":29,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0,"audio_tokens":0,"accepted_prediction_tokens":0,"rejected_prediction_tokens":0}} | 118000000
        openai chat, cached | openai | rich | {"prompt_tokens":2006,"completion_tokens":300,"total_tokens":2306,"prompt_tokens_details":{"cached_tokens":1920},"completion_tokens_details":{"reasoning_tokens":0}} | 5334000000
        openai chat, reasoning inside completion | openai | rich | {"prompt_tokens":75,"completion_tokens":1186,"total_tokens":1261,"completion_tokens_details":{"reasoning_tokens":1024}} | 14943000000
        openai chat, audio in | openai | rich | {"prompt_tokens":120,"completion_tokens":20,"total_tokens":140,"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":100}} | 4360000000
        openai chat, audio out | openai | rich | {"prompt_tokens":14,"completion_tokens":90,"total_tokens":104,"completion_tokens_details":{"audio_tokens":70,"text_tokens":20}} | 5942000000
        openai chat, audio both ways, cached | openai | rich | {"prompt_tokens":220,"completion_tokens":90,"total_tokens":310,"prompt_tokens_details":{"cached_tokens":64,"audio_tokens":100},"completion_tokens_details":{"audio_tokens":70}} | 10087200000
        openai chat, image tokens apart | openai | rich | {"prompt_tokens":1000,"completion_tokens":10,"total_tokens":1010,"prompt_tokens_details":{"image_tokens":765,"text_tokens":235}} | 4680000000
        openai chat, prediction rejected is billed as output | openai | plain | {"prompt_tokens":100,"completion_tokens":80,"total_tokens":180,"completion_tokens_details":{"accepted_prediction_tokens":18,"rejected_prediction_tokens":10}} | 840000000
        openai chat, default tier | openai | tiered | default ; {"prompt_tokens":100,"completion_tokens":100,"total_tokens":200} | 1000000000
        openai chat, flex tier | openai | tiered | flex ; {"prompt_tokens":100,"completion_tokens":100,"total_tokens":200} | 500000000
        openai chat, priority tier | openai | tiered | priority ; {"prompt_tokens":100,"completion_tokens":100,"total_tokens":200} | 1750000000
        openai chat, batch tier | openai | tiered | batch ; {"prompt_tokens":100,"completion_tokens":100,"total_tokens":200} | 500000000
        openai chat, tier without a price of its own | openai | plain | priority ; {"prompt_tokens":100,"completion_tokens":100,"total_tokens":200} | 1000000000
        openai responses, plain | openai | plain | {"input_tokens":36,"input_tokens_details":{"cached_tokens":0},"output_tokens":87,"output_tokens_details":{"reasoning_tokens":0},"total_tokens":123} | 768000000
        openai responses, cached and reasoning | openai | rich | {"input_tokens":328,"input_tokens_details":{"cached_tokens":128},"output_tokens":352,"output_tokens_details":{"reasoning_tokens":320},"total_tokens":680} | 4958400000
        openai responses, cache written | openai | rich | {"input_tokens":2000,"input_tokens_details":{"cached_tokens":500,"cache_write_tokens":1000},"output_tokens":0,"total_tokens":2000} | 5400000000
        azure, content filter fields around | openai | plain | {"completion_tokens":42,"prompt_tokens":58,"total_tokens":100,"completion_tokens_details":{"reasoning_tokens":0},"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0}} | 452000000
        azure, older without details | openai | plain | {"completion_tokens":33,"prompt_tokens":557,"total_tokens":590} | 1378000000
        azure, nulls for details | openai | plain | {"completion_tokens":33,"completion_tokens_details":null,"prompt_tokens":557,"prompt_tokens_details":null,"total_tokens":590} | 1378000000
        deepseek, hit and miss | openai | rich | {"prompt_tokens":1100,"completion_tokens":50,"total_tokens":1150,"prompt_cache_hit_tokens":1024,"prompt_cache_miss_tokens":76} | 1285200000
        deepseek, hit stands twice | openai | rich | {"prompt_tokens":1100,"completion_tokens":50,"total_tokens":1150,"prompt_tokens_details":{"cached_tokens":1024},"prompt_cache_hit_tokens":1024,"prompt_cache_miss_tokens":76} | 1285200000
        deepseek, reasoner | openai | rich | {"prompt_tokens":18,"completion_tokens":520,"total_tokens":538,"completion_tokens_details":{"reasoning_tokens":480},"prompt_cache_hit_tokens":0,"prompt_cache_miss_tokens":18} | 6414000000
        gemini compatible, plain | openai | stepped | {"completion_tokens":12,"prompt_tokens":9,"total_tokens":21} | 131250000
        gemini compatible, thoughts only in the total | openai | stepped | {"completion_tokens":12,"prompt_tokens":9,"total_tokens":121} | 1131250000
        gemini compatible, cached | openai | stepped | {"completion_tokens":10,"prompt_tokens":5000,"prompt_tokens_details":{"cached_tokens":4096},"total_tokens":5010} | 1742000000
        gemini compatible, at the step | openai | stepped | {"completion_tokens":10,"prompt_tokens":200000,"total_tokens":200010} | 250100000000
        gemini compatible, above the step all of it is dearer | openai | stepped | {"completion_tokens":10,"prompt_tokens":200001,"total_tokens":200011} | 500152500000
        gemini compatible, cached counts towards the step | openai | stepped | {"completion_tokens":10,"prompt_tokens":200001,"prompt_tokens_details":{"cached_tokens":200000},"total_tokens":200011} | 50152500000
        xai, reasoning beside the completion | openai | rich | {"prompt_tokens":32,"completion_tokens":9,"total_tokens":135,"prompt_tokens_details":{"text_tokens":32,"audio_tokens":0,"image_tokens":0,"cached_tokens":6},"completion_tokens_details":{"reasoning_tokens":94,"audio_tokens":0},"num_sources_used":0} | 1342800000
        xai, image tokens | openai | rich | {"prompt_tokens":300,"completion_tokens":20,"total_tokens":320,"prompt_tokens_details":{"text_tokens":44,"image_tokens":256,"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}} | 1712000000
        mistral, plain | openai | plain | {"prompt_tokens":16,"completion_tokens":34,"total_tokens":50} | 304000000
        mistral, audio seconds null | openai | plain | {"prompt_audio_seconds":null,"prompt_tokens":16,"completion_tokens":34,"total_tokens":50} | 304000000
        mistral, cached | openai | rich | {"prompt_tokens":1000,"completion_tokens":34,"total_tokens":1034,"num_cached_tokens":0,"prompt_tokens_details":{"cached_tokens":900}} | 1080000000
        groq, with times | openai | fine | {"queue_time":0.037493756,"prompt_tokens":18,"prompt_time":0.000680594,"completion_tokens":556,"completion_time":0.463333333,"total_tokens":574,"total_time":0.464013927} | 168150000
        groq, cached | openai | rich | {"queue_time":0.02,"prompt_tokens":4641,"prompt_time":0.009,"completion_tokens":1817,"completion_time":0.7,"total_tokens":6458,"prompt_tokens_details":{"cached_tokens":4608}} | 28736400000
        openrouter, with its own cost | openai | rich | {"prompt_tokens":194,"completion_tokens":2,"total_tokens":196,"cost":0.95,"cost_details":{"upstream_inference_cost":19},"prompt_tokens_details":{"cached_tokens":0,"audio_tokens":0},"completion_tokens_details":{"reasoning_tokens":0},"is_byok":false} | 612000000
        openrouter, cache write | openai | rich | {"prompt_tokens":10339,"completion_tokens":60,"total_tokens":10399,"prompt_tokens_details":{"cached_tokens":10318,"cache_write_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}} | 4058400000
        openrouter, written now | openai | rich | {"prompt_tokens":10339,"completion_tokens":60,"total_tokens":10399,"prompt_tokens_details":{"cached_tokens":0,"cache_write_tokens":10318}} | 39655500000
        moonshot, cached at the top | openai | rich | {"prompt_tokens":1000,"completion_tokens":10,"total_tokens":1010,"cached_tokens":768} | 1076400000
        together, plain | openai | plain | {"prompt_tokens":8,"completion_tokens":62,"total_tokens":70} | 512000000
        fireworks, cached | openai | rich | {"prompt_tokens":5000,"total_tokens":5050,"completion_tokens":50,"prompt_tokens_details":{"cached_tokens":4992}} | 2271600000
        perplexity, with context size and per-call fee | openai | percall | {"prompt_tokens":14,"completion_tokens":70,"total_tokens":84,"search_context_size":"low"} | 5588000000
        perplexity, citations and reasoning at the top | openai | rich | {"prompt_tokens":33,"completion_tokens":700,"total_tokens":733,"citation_tokens":2000,"num_search_queries":4,"reasoning_tokens":600} | 8799000000
        qwen, text and image details | openai | rich | {"prompt_tokens":3019,"completion_tokens":104,"total_tokens":3123,"prompt_tokens_details":{"cached_tokens":2048,"image_tokens":500}} | 6087400000
        vllm, details null | openai | plain | {"prompt_tokens":11,"total_tokens":18,"completion_tokens":7,"prompt_tokens_details":null} | 78000000
        llama.cpp, floats | openai | plain | {"prompt_tokens":11.0,"completion_tokens":7.0,"total_tokens":18.0} | 78000000
        ollama, plain | openai | free | {"prompt_tokens":26,"completion_tokens":298,"total_tokens":324} | 0
        cohere compatible, nested copy ignored | openai | plain | {"prompt_tokens":50,"completion_tokens":5,"total_tokens":55,"billed_units":{"input_tokens":20,"output_tokens":5}} | 140000000
        anthropic behind an openai face | openai | rich | {"prompt_tokens":1500,"completion_tokens":20,"total_tokens":1520,"cache_read_input_tokens":1000,"cache_creation_input_tokens":400} | 2400000000
        anthropic, plain | anthropic | rich | {"input_tokens":2095,"output_tokens":503} | 13830000000
        anthropic, caches empty | anthropic | rich | {"input_tokens":12,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":6,"service_tier":"standard"} | 126000000
        anthropic, written for five minutes | anthropic | rich | {"input_tokens":21,"cache_creation_input_tokens":188086,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":188086,"ephemeral_1h_input_tokens":0},"output_tokens":393} | 711280500000
        anthropic, written for an hour | anthropic | rich | {"input_tokens":21,"cache_creation_input_tokens":1000,"cache_read_input_tokens":0,"cache_creation":{"ephemeral_5m_input_tokens":0,"ephemeral_1h_input_tokens":1000},"output_tokens":10} | 6213000000
        anthropic, both lives | anthropic | rich | {"input_tokens":2048,"cache_read_input_tokens":1800,"cache_creation_input_tokens":248,"output_tokens":503,"cache_creation":{"ephemeral_5m_input_tokens":148,"ephemeral_1h_input_tokens":100}} | 15384000000
        anthropic, lives without their sum | anthropic | rich | {"input_tokens":10,"cache_creation":{"ephemeral_5m_input_tokens":100,"ephemeral_1h_input_tokens":50},"output_tokens":1} | 720000000
        anthropic, sum without lives | anthropic | rich | {"input_tokens":10,"cache_creation_input_tokens":100,"cache_creation":null,"output_tokens":1} | 420000000
        anthropic, cache read | anthropic | rich | {"input_tokens":21,"cache_creation_input_tokens":0,"cache_read_input_tokens":188086,"output_tokens":393} | 62383800000
        anthropic, tools of the server | anthropic | rich | {"input_tokens":6039,"output_tokens":931,"server_tool_use":{"web_search_requests":1}} | 32082000000
        anthropic, batch | anthropic | tiered | {"input_tokens":100,"output_tokens":100,"service_tier":"batch"} | 500000000
        anthropic, priority | anthropic | tiered | {"input_tokens":100,"output_tokens":100,"service_tier":"priority"} | 1750000000
        anthropic, long prompt counts caches | anthropic | stepped | {"input_tokens":1,"cache_read_input_tokens":200000,"output_tokens":10} | 50152500000
        anthropic, end of a stream names output only | anthropic | rich | {"output_tokens":15} | 225000000
        zero for everything means not counted | openai | plain | {"prompt_tokens":0,"completion_tokens":0,"total_tokens":0} | ?
        negative | openai | plain | {"prompt_tokens":-5,"completion_tokens":10,"total_tokens":5} | ?
        2^53 | openai | plain | {"prompt_tokens":9007199254740992,"completion_tokens":10} | ?
        a text | openai | plain | {"prompt_tokens":"19","completion_tokens":10} | ?
        more cached than prompted | openai | plain | {"prompt_tokens":19,"completion_tokens":10,"prompt_tokens_details":{"cached_tokens":20}} | ?
        no completion | openai | plain | {"prompt_tokens":19} | ?
        empty | openai | plain | {} | ?
        a fraction | openai | plain | {"prompt_tokens":19.5,"completion_tokens":10} | ?
        1e309 | openai | plain | {"prompt_tokens":1e309,"completion_tokens":10} | ?
        anthropic, negative cache | anthropic | rich | {"input_tokens":1,"cache_read_input_tokens":-1,"output_tokens":1} | ?
        anthropic, zeros | anthropic | rich | {"input_tokens":0,"output_tokens":0} | ?
        """;

    public static TheoryData<string> Rows() => [.. Table.Split('\n').Select(line => line.Trim())];

    [Fact]
    public void Table_HasEnoughRows() => Rows().Count.ShouldBeGreaterThan(60);

    [Theory]
    [MemberData(nameof(Rows))]
    public void Usage_CostsExactly(string row)
    {
        var cells = row.Split(" | ");
        var (dialect, price, body, expected) = (cells[1], PriceOf(cells[2]), cells[3], cells[4]);
        var at = body.IndexOf(" ; ", StringComparison.Ordinal);
        var (tier, usage) = at < 0 ? (null, body) : (body[..at], body[(at + 3)..]);

        var read = Read(dialect, tier, usage);

        var cost = read is { } tokens ? price.CostOf(tokens).PicoDollars.ToString(CultureInfo.InvariantCulture) : "?";
        cost.ShouldBe(expected);
    }

    private static Usage? Read(string dialect, string? tier, string usage)
    {
        var named = tier is null ? "" : $"\"service_tier\":\"{tier}\",";
        var answer = dialect is "openai"
            ? "\"choices\":[{\"index\":0,\"finish_reason\":\"stop\",\"message\":{\"role\":\"assistant\",\"content\":\"hi\"}}]"
            : "\"type\":\"message\",\"content\":[{\"type\":\"text\",\"text\":\"hi\"}],\"stop_reason\":\"end_turn\"";
        var bytes = Encoding.UTF8.GetBytes($"{{{named}{answer},\"usage\":{usage}}}");
        var owner = System.Buffers.MemoryPool<byte>.Shared.Rent(bytes.Length);
        bytes.CopyTo(owner.Memory);
        DialectRegistry.BuiltIn.TryFind(dialect, out var reader).ShouldBeTrue();
        reader!.TryReadReply(owner, bytes.Length, out var reply, out _).ShouldBeTrue();
        using (reply)
        {
            return reply!.Usage;
        }
    }

    private static Price PriceOf(string name) =>
        name switch
        {
            "plain" => Plain,
            "rich" => Rich,
            "stepped" => Stepped,
            "tiered" => Tiered,
            "percall" => PerCall,
            "fine" => Fine,
            _ => Price.Free,
        };
}
