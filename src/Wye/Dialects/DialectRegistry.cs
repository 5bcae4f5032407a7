using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;

namespace Wye.Dialects;

/// <summary>Every wire format by its name; built once at start. Thread-safe.</summary>
public sealed class DialectRegistry
{
    private readonly FrozenDictionary<string, IWireFormat> _byName;

    /// <summary>Indexes the formats.</summary>
    /// <exception cref="ArgumentException">Two have the same name.</exception>
    public DialectRegistry(IEnumerable<IWireFormat> formats)
    {
        ArgumentNullException.ThrowIfNull(formats);
        var byName = new Dictionary<string, IWireFormat>(StringComparer.Ordinal);
        foreach (var format in formats)
        {
            if (!byName.TryAdd(format.Id.Name, format))
            {
                throw new ArgumentException(
                    $"Two dialects are named '{format.Id.Name}'. Give one of them another name.",
                    nameof(formats)
                );
            }
        }

        _byName = byName.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>Every wire format of this version of Wye.</summary>
    public static DialectRegistry BuiltIn { get; } =
        new([
            new OpenAi.OpenAiDialect(),
            new Anthropic.AnthropicDialect(),
            new Gemini.GeminiDialect(),
            new OpenAi.Responses.ResponsesDialect(),
            new OpenAi.Completions.CompletionsDialect(),
            new OpenAi.Embeddings.EmbeddingsDialect(),
        ]);

    /// <summary>All wire formats, in no order.</summary>
    public IEnumerable<IWireFormat> All => _byName.Values;

    /// <summary>Names that a provider may be configured with, sorted.</summary>
    public IEnumerable<string> Names =>
        _byName
            .Values.OfType<IProviderDialect>()
            .Where(dialect => dialect.NamesProviders)
            .Select(dialect => dialect.Id.Name)
            .Order(StringComparer.Ordinal);

    /// <summary>The format of that name; false = there is none, or not on this side.</summary>
    /// <typeparam name="TSide"><see cref="ICallerDialect"/>, <see cref="IProviderDialect"/> or <see cref="IDialect"/>.</typeparam>
    public bool TryFind<TSide>(string name, [NotNullWhen(true)] out TSide? dialect)
        where TSide : class, IWireFormat
    {
        dialect = _byName.GetValueOrDefault(name) as TSide;
        return dialect is not null;
    }

    /// <summary>The dialect of that name that is spoken on both sides; false = there is none.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out IDialect? dialect) => TryFind<IDialect>(name, out dialect);
}
