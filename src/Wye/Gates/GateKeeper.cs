using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Gates.Judging;
using Wye.Gates.Texts;
using Wye.Primitives;

namespace Wye.Gates;

/// <summary>The gates of one configuration. Immutable but for what judges said, which is remembered per key. Thread-safe.</summary>
public sealed class GateKeeper : IGateKeeper
{
    // Reading a text needs buffers; they outlive a configuration.
    private static readonly ConcurrentQueue<AnswerView> Unused = new();
    private const int MostKept = 64;

    private readonly FrozenDictionary<GateId, GateEntry> _gates;
    private static int s_unstamped;
    private readonly VerdictCache _said;

    internal GateKeeper(IEnumerable<KeyValuePair<GateId, GateEntry>> gates)
        : this(gates.Select(Stamped).ToFrozenDictionary(), new VerdictCache()) { }

    private GateKeeper(FrozenDictionary<GateId, GateEntry> gates, VerdictCache said)
    {
        _gates = gates;
        _said = said;
    }

    /// <summary>No gate at all.</summary>
    public static GateKeeper None { get; } = new([]);

    /// <summary>Names of the gates.</summary>
    public IReadOnlyCollection<GateId> Names => _gates.Keys;

    /// <summary>The same gates, with what judges said while <paramref name="last"/> was in force.</summary>
    public GateKeeper After(GateKeeper last)
    {
        ArgumentNullException.ThrowIfNull(last);
        return new GateKeeper(_gates, last._said);
    }

    /// <inheritdoc/>
    public bool Knows(GateId gate) => _gates.ContainsKey(gate);

    /// <inheritdoc/>
    public async ValueTask<GateVerdict> JudgeAsync(
        GateId gate,
        GateSubject subject,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(subject);
        if (!_gates.TryGetValue(gate, out var entry))
        {
            return GateVerdict.Abstain("gate: not known");
        }

        var asks = entry.Judge is not null;
        if (asks && subject.Judgement is null && _said.TryGet(entry.Stamp!, subject.Key, subject, out var before))
        {
            return before with { Note = $"{before.Note ?? "judge"} (remembered)" };
        }

        var view = Unused.TryDequeue(out var kept) ? kept : new AnswerView();
        try
        {
            view.Load(subject);
            var verdict = await entry.Gate.JudgeAsync(view, cancellationToken);
            if (asks && subject.Judgement is not null)
            {
                _said.Put(entry.Stamp!, subject.Key, subject, verdict);
            }

            return verdict;
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            return GateVerdict.Abstain($"{entry.Gate.Kind}: failed");
        }
        finally
        {
            view.Release();
            if (Unused.Count < MostKept)
            {
                Unused.Enqueue(view);
            }
        }
    }

    /// <inheritdoc/>
    public bool RefusesEarly(GateId gate, ChatRequest request, ReadOnlySpan<byte> beginning)
    {
        if (!_gates.TryGetValue(gate, out var entry) || !entry.RefusesEarly)
        {
            return false;
        }

        var text = new CharBuffer();
        text.Append(beginning);
        return RefusalPhrases.Declines(text.Text);
    }

    /// <inheritdoc/>
    public int? LogProbsOf(GateId gate) => _gates.TryGetValue(gate, out var entry) ? entry.LogProbs : null;

    /// <inheritdoc/>
    public bool TryAsk(GateId gate, ChatRequest request, ChatReply reply, [NotNullWhen(true)] out ChatRequest? question)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(reply);
        question = _gates.TryGetValue(gate, out var entry) ? entry.Judge?.Ask(request, reply) : null;
        return question is not null;
    }

    // What nobody can tell apart by its stamp is like no other gate, also none of the same name in another configuration.
    private static KeyValuePair<GateId, GateEntry> Stamped(KeyValuePair<GateId, GateEntry> gate) =>
        gate.Value.Stamp is not null
            ? gate
            : new(gate.Key, gate.Value with { Stamp = $"{gate.Key} {Interlocked.Increment(ref s_unstamped)}" });
}
