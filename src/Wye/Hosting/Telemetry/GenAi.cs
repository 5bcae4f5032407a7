using System.Collections.Frozen;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Hosting.Telemetry;

/// <summary>Names and values of OpenTelemetry's conventions for generative AI.</summary>
/// <remarks>https://opentelemetry.io/docs/specs/semconv/gen-ai/ (spans and metrics, still in development there).</remarks>
internal static class GenAi
{
    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string RequestModel = "gen_ai.request.model";
    public const string RequestMaxTokens = "gen_ai.request.max_tokens";
    public const string ResponseModel = "gen_ai.response.model";
    public const string FinishReasons = "gen_ai.response.finish_reasons";
    public const string InputTokens = "gen_ai.usage.input_tokens";
    public const string OutputTokens = "gen_ai.usage.output_tokens";
    public const string CacheReadTokens = "gen_ai.usage.cache_read.input_tokens";
    public const string CacheWriteTokens = "gen_ai.usage.cache_creation.input_tokens";
    public const string TokenType = "gen_ai.token.type";
    public const string ErrorType = "error.type";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";

    /// <summary>Bounds the conventions ask for, in tokens.</summary>
    public static long[] TokenBounds { get; } =
    [1, 4, 16, 64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 4194304, 16777216, 67108864];

    /// <summary>Bounds the conventions ask for, in seconds.</summary>
    public static double[] SecondBounds { get; } =
    [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92];

    // Where the conventions have a name of their own; every other provider keeps its name.
    private static readonly FrozenDictionary<string, string> WellKnown = new Dictionary<string, string>(
        StringComparer.Ordinal
    )
    {
        ["azure"] = "azure.ai.openai",
        ["bedrock"] = "aws.bedrock",
        ["gemini"] = "gcp.gemini",
        ["google"] = "gcp.gemini",
        ["mistral"] = "mistral_ai",
        ["vertex"] = "gcp.vertex_ai",
        ["xai"] = "x_ai",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly string[] ErrorTypes = [.. Enum.GetNames<FailureKind>().Select(Snake)];

    private static readonly string[][] Finishes =
    [
        [],
        ["stop"],
        ["length"],
        ["tool_calls"],
        ["content_filter"],
        ["other"],
    ];

    public static string Provider(ProviderId id) => WellKnown.GetValueOrDefault(id.Value, id.Value);

    /// <summary>Value of <see cref="OperationName"/>, by what the caller asked for.</summary>
    public static string Operation(DialectId dialect) =>
        dialect == DialectId.Embeddings ? "embeddings"
        : dialect == DialectId.Completions ? "text_completion"
        : "chat";

    public static string Error(FailureKind kind) => ErrorTypes[(int)kind];

    /// <summary>A list of one: Wye reads the first choice.</summary>
    public static string[] Finish(FinishReason reason) => Finishes[(int)reason];

    private static string Snake(string name) =>
        string.Concat(
            name.Select(
                (c, i) => char.IsUpper(c) && i > 0 ? "_" + char.ToLowerInvariant(c) : $"{char.ToLowerInvariant(c)}"
            )
        );
}
