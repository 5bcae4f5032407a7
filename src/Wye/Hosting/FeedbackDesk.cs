using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Wye.Chat;
using Wye.Hosting.Telemetry;
using Wye.Learning.Outcomes;
using Wye.Ledger;
using Wye.Ledger.Judgements;
using Wye.Primitives;
using Wye.Quality.Prior;
using Wye.Routing;
using Wye.Routing.Selection.Learned;

namespace Wye.Hosting;

/// <summary>Takes judgements of answers: finds the request, keeps the judgement, then lets it correct the learned router. Thread-safe.</summary>
public sealed class FeedbackDesk
{
    private readonly ILedgerStore _ledger;
    private readonly IJudgementStore _judgements;
    private readonly OutcomeLearner _learner;
    private readonly SnapshotStore _snapshots;
    private readonly TimeProvider _time;
    private readonly FeedbackCount _count;
    private readonly ILogger _logger;
    private readonly Lock _gate = new();
    private Task? _loading;
    private volatile bool _ready;

    internal FeedbackDesk(
        ILedgerStore ledger,
        IJudgementStore judgements,
        LiveOutcomes outcomes,
        SnapshotStore snapshots,
        TimeProvider time,
        FeedbackCount count,
        ILogger<FeedbackDesk>? logger
    )
    {
        (_ledger, _judgements, _learner) = (ledger, judgements, new OutcomeLearner(outcomes));
        (_snapshots, _time, _count) = (snapshots, time, count);
        _logger = logger ?? NullLogger<FeedbackDesk>.Instance;
    }

    /// <summary>Keeps a judgement in place of the request's earlier one; what was learned from that is taken back.</summary>
    /// <param name="request">The request whose answer is judged.</param>
    /// <param name="score">How good the answer was, 0..1.</param>
    /// <param name="comment">What the judge says of it, at most 1,000 characters; null = nothing.</param>
    /// <param name="by">The key of who judges: a request made with another one is unknown to it; null = any request.</param>
    /// <param name="cancellationToken">Stops it before it is kept.</param>
    /// <exception cref="ArgumentException">The score or the comment is out of bounds.</exception>
    /// <exception cref="LedgerUnavailableException">Nothing was kept: the store cannot be read or written now.</exception>
    public async Task<FeedbackResult> JudgeAsync(
        RequestId request,
        double score,
        string? comment,
        KeyId? by,
        CancellationToken cancellationToken
    )
    {
        if (!(score is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(score), score, "A score lies in 0..1.");
        }

        if (comment?.Length > Judgement.MostComment)
        {
            throw new ArgumentException($"A comment has at most {Judgement.MostComment} characters.", nameof(comment));
        }

        try
        {
            await ReadAsync(cancellationToken);
            return await KeepAsync(request, score, comment, by, cancellationToken);
        }
        catch (LedgerUnavailableException fault)
        {
            _logger.JudgementUnkept(fault.Message);
            throw;
        }
    }

    private async Task<FeedbackResult> KeepAsync(
        RequestId request,
        double score,
        string? comment,
        KeyId? by,
        CancellationToken cancellationToken
    )
    {
        if (
            await _ledger.FindAsync(request, cancellationToken) is not { Request: var row }
            || (by is { } key && row.Key != key)
        )
        {
            return Refused(request, UnknownRequest);
        }

        if (row.Model is not { } model || row.Failure is not null)
        {
            return Refused(request, NothingToJudge);
        }

        var judgement = new Judgement
        {
            Request = request,
            At = _time.GetUtcNow(),
            Key = row.Key,
            Model = model,
            Score = QualityExpectation.ToMillionths(score),
            Comment = string.IsNullOrWhiteSpace(comment) ? null : comment,
            Expected = row.Expected,
        };
        var reason = NotTaught(row);
        // From here on it is carried through: what is kept is also learned.
        var earlier = await _judgements.PutAsync(judgement, CancellationToken.None);
        _learner.Learn(Lesson(judgement), Lesson(earlier));
        _learner.Publish();
        _count.Add(model, reason is null);
        return new FeedbackResult
        {
            Request = request,
            Model = model,
            Score = judgement.Score / (double)QualityExpectation.Whole,
            NotTaught = reason,
        };
    }

    /// <summary>Whether what was judged before this process is known.</summary>
    internal bool IsReady => _ready;

    /// <summary>Reads what was judged before this process, once; a store that cannot be read is tried again by the next caller.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be read now.</exception>
    internal Task ReadAsync(CancellationToken cancellationToken)
    {
        if (_ready)
        {
            return Task.CompletedTask;
        }

        lock (_gate)
        {
            if (_loading is null or { IsCompleted: true, IsCompletedSuccessfully: false })
            {
                _loading = LoadAsync();
            }

            return _loading.WaitAsync(cancellationToken);
        }
    }

    /// <summary>The same for a decision, which goes on without.</summary>
    internal async ValueTask TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            await ReadAsync(cancellationToken);
        }
        catch (LedgerUnavailableException fault)
        {
            _logger.JudgementsUnread(fault.Message);
        }
    }

    private async Task LoadAsync()
    {
        // Off the caller's lock, whatever the store does.
        await Task.Yield();
        var count = 0L;
        try
        {
            await _judgements.VisitExpectedAsync(
                judgement =>
                {
                    _learner.Learn(Lesson(judgement));
                    count++;
                },
                CancellationToken.None
            );
        }
        catch
        {
            // The next try begins anew.
            _learner.Clear();
            throw;
        }

        _learner.Publish();
        _ready = true;
        if (count > 0)
        {
            _logger.JudgementsRead(count);
        }
    }

    private static OutcomeLearner.Lesson? Lesson(Judgement? judgement) =>
        judgement?.Expected is { } expected
            ? new OutcomeLearner.Lesson(expected.Basis, judgement.Model.Value, expected.Position, judgement.Missed)
            : null;

    private string? NotTaught(RequestEntry row)
    {
        var learned = _snapshots.Current.Routing.Learned;
        if (learned?.Outcomes is null)
        {
            return learned is null ? "no learned router is in force" : "learning.feedback is off";
        }

        if (row.Expected is not { } expected)
        {
            return string.Equals(row.Policy, LearnedPolicy.PolicyName, StringComparison.Ordinal)
                ? "another model answered than the router chose, or it kept no expectation"
                : "the policy 'learned' did not decide it";
        }

        return string.Equals(BasisOf(learned, expected.Model), expected.Basis, StringComparison.Ordinal)
            ? null
            : "it was decided by another router file, or with another profile of the model";
    }

    private static string? BasisOf(LearnedRouting learned, ModelId model) =>
        learned.Pool.IndexOf(model) is var at and >= 0 ? learned.Pool.BasisOf(at) : null;

    private static FeedbackResult Refused(RequestId request, ChatError error) =>
        new() { Request = request, Error = error };

    private static ChatError UnknownRequest { get; } =
        new(
            FailureKind.BadRequest,
            "No request with this id was made with this key. Send the id that the answer's x-wye-request-id named, with the key that asked."
        )
        {
            Status = 404,
            Code = "unknown_request",
            Param = "request_id",
        };

    private static ChatError NothingToJudge { get; } =
        new(FailureKind.BadRequest, "The request has no answer to judge: it failed. Judge requests that were answered.")
        {
            Code = "nothing_to_judge",
            Param = "request_id",
        };
}
