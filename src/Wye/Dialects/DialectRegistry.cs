using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Wye.Dialects;

/// <summary>Every wire format by its name; built once at start. Thread-safe.</summary>
public sealed class DialectRegistry
{
    private readonly FrozenDictionary<string, IDialect> _byName;

    /// <summary>Indexes the dialects.</summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public DialectRegistry(IEnumerable<IDialect> dialects)
    {
        ArgumentNullException.ThrowIfNull(dialects);
        var byName = new Dictionary<string, IDialect>(StringComparer.Ordinal);
        foreach (var dialect in dialects)
        {
            if (!byName.TryAdd(dialect.Id.Name, dialect))
            {
                throw new ArgumentException(
                    $"Two dialects are named '{dialect.Id.Name}'. Give one of them another name.",
                    nameof(dialects)
                );
            }
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Every dialect of this version of Wye.</summary>
    public static DialectRegistry BuiltIn { get; } =
        new([new OpenAi.OpenAiDialect(), new Anthropic.AnthropicDialect()]);

    /// <summary>All dialects, in no order.</summary>
    public IEnumerable<IDialect> All => _byName.Values;

    /// <summary>Names of all dialects, sorted.</summary>
    public IEnumerable<string> Names => _byName.Keys.Order(StringComparer.Ordinal);

    /// <summary>The dialect of that name, as configuration writes it; false = there is none.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out IDialect? dialect) =>
        _byName.TryGetValue(name, out dialect);
}
