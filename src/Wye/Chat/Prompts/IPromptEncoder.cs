namespace Wye.Chat.Prompts;

/// <summary>Turns a text into a vector, possibly over the network. Thread-safe.</summary>
internal interface IPromptEncoder
{
    /// <summary>Name of the embedding model.</summary>
    string Name { get; }

    /// <summary>Encodes one text; every failure but the caller's own cancellation is a value.</summary>
    ValueTask<PromptVector> EncodeAsync(ReadOnlyMemory<byte> utf8, CancellationToken cancellationToken);
}
