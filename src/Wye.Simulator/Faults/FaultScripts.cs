using Wye.Simulator.Answers;

namespace Wye.Simulator.Faults;

/// <summary>Says which call goes wrong, and how. Thread-safe.</summary>
/// <remarks>
/// The first that speaks decides: <see cref="OnCall"/>, <see cref="When"/>, the model's script, the script for any model, the
/// model's standing fault, the standing fault for any model, chance. A scripted <see cref="Fault.None"/> is a decision too.
/// </remarks>
public sealed class FaultScripts
{
    /// <summary>Stands for every model.</summary>
    public const string AnyModel = "*";

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Queue<Fault>> _scripts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fault> _standing = new(StringComparer.Ordinal);
    private readonly Dictionary<long, Fault> _numbered = [];
    private readonly List<Func<SimulatedCall, Fault?>> _rules = [];
    private Fault[] _random = [];
    private double _rate;
    private ulong _seed;
    private volatile bool _any;

    internal FaultScripts() { }

    /// <summary>The next calls to <paramref name="model"/> go this way, one fault each, after what is scripted already.</summary>
    public void Script(string model, params ReadOnlySpan<Fault> faults)
    {
        lock (_gate)
        {
            if (!_scripts.TryGetValue(model, out var queue))
            {
                _scripts[model] = queue = new Queue<Fault>();
            }

            foreach (var fault in faults)
            {
                queue.Enqueue(fault);
            }

            _any = true;
        }
    }

    /// <summary>Every call to <paramref name="model"/> goes this way; <see cref="Fault.None"/> ends it.</summary>
    public void Always(string model, Fault fault)
    {
        lock (_gate)
        {
            _standing[model] = fault;
            _any = true;
        }
    }

    /// <summary>The call with this number (see <see cref="SimulatedCall.Number"/>) goes this way.</summary>
    public void OnCall(long number, Fault fault)
    {
        lock (_gate)
        {
            _numbered[number] = fault;
            _any = true;
        }
    }

    /// <summary>Adds a rule; null from it: no opinion. Called under a lock: it must return at once.</summary>
    public void When(Func<SimulatedCall, Fault?> rule)
    {
        lock (_gate)
        {
            _rules.Add(rule);
            _any = true;
        }
    }

    /// <summary>A share of all calls goes wrong, drawn from (seed, call number), one of the faults with equal chance.</summary>
    /// <param name="rate">0..1.</param>
    /// <param name="seed">Seed of the draws.</param>
    /// <param name="faults">At least one.</param>
    public void Random(double rate, ulong seed, params ReadOnlySpan<Fault> faults)
    {
        if (rate is not (>= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate lies in 0..1.");
        }

        ArgumentOutOfRangeException.ThrowIfZero(faults.Length, nameof(faults));
        lock (_gate)
        {
            (_random, _rate, _seed) = (faults.ToArray(), rate, StableHash.Mix(seed));
            _any = true;
        }
    }

    /// <summary>Nothing goes wrong any more.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            _scripts.Clear();
            _standing.Clear();
            _numbered.Clear();
            _rules.Clear();
            (_random, _rate) = ([], 0);
            _any = false;
        }
    }

    internal Fault Next(SimulatedCall call)
    {
        if (!_any)
        {
            return Fault.None;
        }

        lock (_gate)
        {
            return _numbered.GetValueOrDefault(call.Number)
                ?? ByRule(call)
                ?? Scripted(call.Model.Name)
                ?? Scripted(AnyModel)
                ?? _standing.GetValueOrDefault(call.Model.Name)
                ?? _standing.GetValueOrDefault(AnyModel)
                ?? ByChance(call.Number);
        }
    }

    private Fault? ByRule(SimulatedCall call)
    {
        foreach (var rule in _rules)
        {
            if (rule(call) is { } fault)
            {
                return fault;
            }
        }

        return null;
    }

    private Fault? Scripted(string model) =>
        _scripts.TryGetValue(model, out var queue) && queue.TryDequeue(out var fault) ? fault : null;

    private Fault ByChance(long number)
    {
        var chance = StableHash.Mix(_seed + (ulong)number);
        return StableHash.Unit(chance) < _rate
            ? _random[StableHash.Pick(StableHash.Mix(chance), _random.Length)]
            : Fault.None;
    }
}
