using System.Numerics;

namespace Wye.Signals;

/// <summary>From counts to tokens: the estimate that routing decides upon and the bound that money is reserved by.</summary>
internal static class TokenEstimate
{
    /// <summary>Framing of one message; OpenAI's cookbook ("How to count tokens with tiktoken") gives 3 plus the role.</summary>
    public const int PerMessage = 4;

    /// <summary>Priming of the reply; same source.</summary>
    public const int PerReply = 3;

    /// <summary>One image: 1,024 × 1,024 at high detail, OpenAI vision guide (85 + 4 × 170). Other models differ.</summary>
    public const int PerImage = 765;

    /// <summary>One tool when the dialect did not count its bytes; own assumption.</summary>
    public const int PerTool = 100;

    /// <summary>Bytes of tool and schema JSON per token; denser than prose.</summary>
    public const int ToolBytesPerToken = 4;

    /// <summary>
    /// Upper bound of one image: 8 tiles of a model that bills images by a multiplier (gpt-4o-mini: 2,833 + 8 × 5,667 = 48,169,
    /// OpenAI vision guide). Most models stay far below (gpt-4o: 1,445, Anthropic: about 1,600), so money reserved for images is
    /// mostly too much: which model will be called is not known when a request is measured, and a bound must hold for all.
    /// </summary>
    public const int ImageBound = 48_169;

    /// <summary>Bound of what a provider adds around the messages.</summary>
    public const int OverheadBound = 64;

    /// <summary>Bound of the hidden prompt that comes with tools: Anthropic's tool-use table has 530 as its highest.</summary>
    public const int ToolPromptBound = 530;

    /// <summary>Estimated prompt tokens, on a grid of 32 steps per doubling (rounded up, at most 3.2 % more; exact to 64).</summary>
    /// <remarks>The estimate is coarser than that; equal figures let equal decisions be reused.</remarks>
    public static int Prompt(long units, int messages, int tools, int toolBytes, int images)
    {
        var toolTokens = toolBytes > 0 ? toolBytes / ToolBytesPerToken : (long)tools * PerTool;
        var tokens =
            ((units + ScriptWeights.UnitsPerToken - 1) / ScriptWeights.UnitsPerToken)
            + ((long)messages * PerMessage)
            + PerReply
            + toolTokens
            + ((long)images * PerImage);
        return RoundUp((int)Math.Min(tokens, int.MaxValue / 2));
    }

    /// <summary>Upper bound of the prompt's tokens: a token is at least one byte of the body.</summary>
    public static int Bound(int bodyBytes, int tools, int images) =>
        (int)
            Math.Min(
                (long)bodyBytes + OverheadBound + (tools > 0 ? ToolPromptBound : 0) + ((long)images * ImageBound),
                int.MaxValue
            );

    private static int RoundUp(int tokens)
    {
        if (tokens <= 64)
        {
            return tokens;
        }

        var step = 1 << (BitOperations.Log2((uint)tokens - 1) - 5);
        return (tokens + step - 1) & -step;
    }
}
