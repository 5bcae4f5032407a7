using Wye.Chat;
using Wye.Delivery.Walking;
using Wye.Primitives;
using Wye.Routing.Plans;

namespace Wye.Delivery.Attempts;

/// <summary>Failures that delivery itself sees, and what each kind allows next.</summary>
internal static class AttemptErrors
{
    /// <summary>Failures that may pass: the same deployment may be called again.</summary>
    public static FailureKindSet MayPass { get; } =
        FailureKindSet.Of(
            FailureKind.RateLimited,
            FailureKind.Overloaded,
            FailureKind.ServerError,
            FailureKind.ConnectFailed,
            FailureKind.ConnectionLost,
            FailureKind.FirstTokenTimeout,
            FailureKind.StreamStalled,
            FailureKind.StreamCut,
            FailureKind.BadResponse
        );

    /// <summary>Failures of one deployment: another one of the same model may be called, the same one may not.</summary>
    public static FailureKindSet OfDeployment { get; } =
        FailureKindSet.Of(FailureKind.QuotaExhausted, FailureKind.Unauthorized, FailureKind.ModelNotFound);

    /// <summary>Whether the provider may have worked, and so may bill, although it gave no usage.</summary>
    public static bool MayBeBilled(ChatError error) =>
        IsStopping(error)
        || error.Kind
            is FailureKind.ConnectionLost
                or FailureKind.FirstTokenTimeout
                or FailureKind.StreamStalled
                or FailureKind.TotalTimeout
                or FailureKind.StreamCut
                or FailureKind.ResponseTooLarge
                or FailureKind.CallerGone;

    /// <summary>Whether the kind is what a cancelled transport may report.</summary>
    public static bool IsBroken(FailureKind kind) =>
        kind is FailureKind.ConnectFailed or FailureKind.ConnectionLost or FailureKind.StreamCut;

    /// <summary>Whether the gateway itself broke the call off because it stops.</summary>
    public static bool IsStopping(ChatError error) => ReferenceEquals(error, WalkErrors.Stopping);

    public static ChatError Expired(FailureKind kind, DeploymentId deployment) =>
        kind switch
        {
            FailureKind.CallerGone => WalkErrors.CallerGone,
            FailureKind.TotalTimeout => WalkErrors.TotalTimeout,
            CallClock.Stopping => WalkErrors.Stopping,
            FailureKind.StreamStalled => new(kind, $"The stream of {deployment} stood still for too long."),
            _ => new(kind, $"{deployment} did not answer in time."),
        };

    public static ChatError Threw(DeploymentId deployment) =>
        new(FailureKind.ServerError, $"{deployment} failed in an unexpected way.");

    public static ChatError Empty(DeploymentId deployment) =>
        new(FailureKind.BadResponse, $"{deployment} gave an empty answer.") { Status = 200 };

    public static ChatError Cut(DeploymentId deployment) =>
        new(FailureKind.StreamCut, $"The stream of {deployment} ended without a finish reason.") { Status = 200 };

    /// <summary>What it sent has no form in the caller's dialect.</summary>
    public static ChatError Unfit(DeploymentId deployment, string why) =>
        new(FailureKind.Internal, $"The answer of {deployment} cannot be translated: {why}")
        {
            Code = ChatErrorCodes.CannotTranslate,
        };

    public static ChatError HeldTooMuch(DeploymentId deployment) =>
        new(FailureKind.ResponseTooLarge, $"{deployment} sent too much before its first content.") { Status = 200 };

    public static ChatError WrongShape(DeploymentId deployment, bool stream) =>
        new(
            FailureKind.BadResponse,
            stream
                ? $"{deployment} was asked for a stream and gave a whole answer."
                : $"{deployment} was asked for a whole answer and gave a stream."
        )
        {
            Status = 200,
        };

    public static ChatError SinkFailed { get; } = new(FailureKind.Internal, "The answer could not be written.");
}
