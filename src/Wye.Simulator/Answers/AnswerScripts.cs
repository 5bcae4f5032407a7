using System.Collections.Concurrent;

namespace Wye.Simulator.Answers;

/// <summary>Answers that take precedence over generated ones. Thread-safe.</summary>
public sealed class AnswerScripts
{
    /// <summary>Stands for every model.</summary>
    public const string AnyModel = "*";

    private readonly ConcurrentDictionary<string, Func<SimulatedCall, SimulatedAnswer?>> _scripts = new(
        StringComparer.Ordinal
    );

    internal AnswerScripts() { }

    /// <summary>Scripts a model; replaces its earlier script.</summary>
    /// <param name="model">A model's name or <see cref="AnyModel"/>; a script of its own wins.</param>
    /// <param name="script">Null from it: generate an answer. Called once per call, from any thread.</param>
    public void Script(string model, Func<SimulatedCall, SimulatedAnswer?> script) => _scripts[model] = script;

    /// <summary>Removes every script.</summary>
    public void Clear() => _scripts.Clear();

    internal SimulatedAnswer? Find(SimulatedCall call)
    {
        if (_scripts.IsEmpty)
        {
            return null;
        }

        var own = _scripts.TryGetValue(call.Model.Name, out var script) ? script(call) : null;
        return own ?? (_scripts.TryGetValue(AnyModel, out var any) ? any(call) : null);
    }
}
