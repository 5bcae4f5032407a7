using Microsoft.Extensions.AI;
using Wye.Chat;
using Wye.Primitives;

namespace Wye.Extensions.AI.Providers;

/// <summary>Failures that a chat client reports as a content instead of throwing.</summary>
internal static class ReportedErrors
{
    public static ChatError Of(ErrorContent content) =>
        new(FailureKind.ServerError, "The in-process provider reported an error.") { Code = content.ErrorCode };
}
