using Wye.Chat;

namespace Wye.Delivery.Attempts;

/// <summary>Tells an answer that is empty for a reason from one that is broken.</summary>
internal static class EmptyAnswer
{
    /// <summary>Whether an answer without text and tool calls may be given to the caller.</summary>
    /// <remarks>Sound is not read as content, and of several choices only the first is read: both are taken as they are.</remarks>
    public static bool IsLegal(FinishReason finish, ChatFeatures features) =>
        finish is not (FinishReason.None or FinishReason.Stop)
        || (features & (ChatFeatures.Audio | ChatFeatures.ManyChoices)) != ChatFeatures.None;
}
