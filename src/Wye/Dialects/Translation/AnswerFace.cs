using Wye.Chat;

namespace Wye.Dialects.Translation;

/// <summary>
/// The id and the model's name that an answer of another dialect goes out under: the provider's, and where it gives none an
/// id made of the call's and the name that was asked for.
/// </summary>
/// <remarks>No two answers share an id: there are clients that take a second message of one id for the first, told anew.</remarks>
internal readonly record struct AnswerFace(string Id, string Model)
{
    /// <summary>What it is called before the provider has said anything.</summary>
    /// <param name="prefix">What ids of the caller's dialect begin with, e.g. <c>chatcmpl-</c>.</param>
    /// <param name="asked">The request; null = not known.</param>
    public static AnswerFace Of(string prefix, ChatRequest? asked) =>
        new(prefix + StemOf(asked?.Call?.Value), asked?.RequestedModel ?? "");

    /// <summary>The same with what the provider says, as far as it says anything.</summary>
    public AnswerFace Named(string? id, string? model) =>
        new(string.IsNullOrEmpty(id) ? Id : id, string.IsNullOrEmpty(model) ? Model : model);

    // The call's id has a prefix of its own.
    private static string StemOf(string? call) =>
        call is null ? "wye" : call[(call.IndexOf('_', StringComparison.Ordinal) + 1)..];
}
