namespace Wye.Gates;

/// <summary>Checks JSON against a JSON Schema. Thread-safe; keeps what it has read of a schema.</summary>
public interface IJsonSchemaChecker
{
    /// <summary>Checks; never throws.</summary>
    /// <param name="schema">The schema, as JSON.</param>
    /// <param name="json">The value, which parses.</param>
    SchemaVerdict Check(string schema, string json);
}
