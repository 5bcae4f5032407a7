using System.Collections.Concurrent;
using System.Text.Json;
using Wye.Gates;
using CompiledSchema = NJsonSchema.JsonSchema;

namespace Wye.Schemas;

/// <summary>Checks JSON against JSON Schema with NJsonSchema; what that does not check is never passed. Thread-safe.</summary>
public sealed class JsonSchemaChecker : IJsonSchemaChecker
{
    private const int MostSchemas = 256;
    private const int LongestSchema = 256 * 1024;

    private readonly ConcurrentDictionary<string, Compiled> _compiled = new(StringComparer.Ordinal);

    /// <summary>One for the process.</summary>
    public static JsonSchemaChecker Shared { get; } = new();

    /// <inheritdoc/>
    public SchemaVerdict Check(string schema, string json)
    {
        ArgumentNullException.ThrowIfNull(schema);
        ArgumentNullException.ThrowIfNull(json);
        var compiled = _compiled.TryGetValue(schema, out var known) ? known : Add(schema);
        if (compiled.Schema is not { } validator)
        {
            return SchemaVerdict.Unknown;
        }

        try
        {
            return validator.Validate(json).Count > 0 ? SchemaVerdict.Invalid
                : compiled.IsWhole ? SchemaVerdict.Valid
                : SchemaVerdict.Unknown;
        }
        catch (Exception)
        {
            // The library throws a dozen kinds of exceptions over odd schemas and values: none of them is a verdict.
            return SchemaVerdict.Unknown;
        }
    }

    private Compiled Add(string schema)
    {
        if (_compiled.Count >= MostSchemas)
        {
            _compiled.Clear();
        }

        var compiled = Compile(schema);
        _compiled[schema] = compiled;
        return compiled;
    }

    private static Compiled Compile(string schema)
    {
        try
        {
            if (schema.Length > LongestSchema)
            {
                return default;
            }

            using var document = JsonDocument.Parse(schema);
            if (KeywordSurvey.Leaves(document.RootElement))
            {
                return default;
            }

            // Nothing is fetched, so the task is complete.
            var task = CompiledSchema.FromJsonAsync(schema);
            return task.IsCompletedSuccessfully
                ? new Compiled(task.Result, KeywordSurvey.AllChecked(document.RootElement))
                : default;
        }
        catch (Exception)
        {
            return default;
        }
    }

    private readonly record struct Compiled(CompiledSchema? Schema, bool IsWhole);
}
