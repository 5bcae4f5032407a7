using Wye.Chat.Prompts;

namespace Wye.Cli.Learning;

/// <summary>Stands for an encoder where a router is only looked at.</summary>
internal sealed class NoEncoder : IPromptEncoder
{
    public static NoEncoder Instance { get; } = new();

    /// <inheritdoc/>
    public string Name => "none";

    /// <inheritdoc/>
    public ValueTask<PromptVector> EncodeAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken) =>
        new(PromptVector.Failed("no encoder is asked here"));
}
