namespace Wye.Dialects.OpenAi.Responses;

/// <summary>What a response carries that its request and its answer do not say.</summary>
/// <param name="Id">Its id, by which it may be continued; null = made from the answer's.</param>
/// <param name="Previous">Id of the response it continues; null = none.</param>
/// <param name="Keep">Takes the whole response, as the caller gets it, before its last bytes leave; null = it is not kept.</param>
internal sealed record ResponseFace(string? Id, string? Previous, Action<ReadOnlyMemory<byte>>? Keep)
{
    /// <summary>Nothing known.</summary>
    public static ResponseFace None { get; } = new(null, null, null);

    /// <summary>What the ids of its items are made of; null = made from the answer's.</summary>
    /// <remarks>Items are found again by their ids, and there are servers that give two answers one id.</remarks>
    public string? Stem => Id?[(Id.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
