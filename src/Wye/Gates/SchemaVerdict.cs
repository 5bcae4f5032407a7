namespace Wye.Gates;

/// <summary>What a schema check came to.</summary>
public enum SchemaVerdict
{
    /// <summary>The value follows the schema, all of which was checked.</summary>
    Valid,

    /// <summary>The value breaks the schema.</summary>
    Invalid,

    /// <summary>The schema is broken or uses a keyword that is not checked; what is checked holds.</summary>
    Unknown,
}
