using Microsoft.Extensions.AI;
using Wye.Hosting;
using Wye.Primitives;

namespace Wye.Extensions.AI;

/// <summary>Judges answers of a Wye behind an <see cref="IChatClient"/>.</summary>
public static class WyeFeedbackExtensions
{
    /// <summary>Says how good an answer was; the last word on a request counts.</summary>
    /// <param name="client">Wye, or a client around it.</param>
    /// <param name="requestId">The answer's <see cref="WyeProvenance.RequestId"/>.</param>
    /// <param name="score">How good the answer was, 0..1.</param>
    /// <param name="comment">What the judge says of it, at most 1,000 characters; null = nothing.</param>
    /// <param name="cancellationToken">Stops it before it is kept.</param>
    /// <exception cref="ArgumentException">The client is no Wye, or the score or the comment is out of bounds.</exception>
    /// <exception cref="Wye.Ledger.LedgerUnavailableException">Nothing was kept: the store cannot be read or written now.</exception>
    public static Task<FeedbackResult> GiveFeedbackAsync(
        this IChatClient client,
        string requestId,
        double score,
        string? comment = null,
        CancellationToken cancellationToken = default
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(requestId);
        var runtime =
            client.GetService<WyeRuntime>()
            ?? throw new ArgumentException("The client is no Wye: it has no WyeRuntime.", nameof(client));
        return runtime.GiveFeedbackAsync(
            new RequestId(requestId),
            score,
            comment,
            cancellationToken: cancellationToken
        );
    }
}
