using System.Collections.Frozen;

namespace Wye.Hosting.Configuration.Problems;

/// <summary>Dotted path → place in the file, e.g. <c>routes.auto.policies[1]</c>. Immutable.</summary>
public sealed class ConfigPositions
{
    private readonly FrozenDictionary<string, ConfigPosition> _positions;

    /// <summary>Indexes the places of one file.</summary>
    /// <param name="file">Its path as the user gave it; null = there is no file.</param>
    /// <param name="positions">Path → place; the root has the path "".</param>
    public ConfigPositions(string? file, IEnumerable<KeyValuePair<string, ConfigPosition>> positions)
    {
        File = file;
        _positions = positions.ToFrozenDictionary(StringComparer.Ordinal);
    }

    /// <summary>No file.</summary>
    public static ConfigPositions None { get; } = new(null, []);

    /// <summary>Path of the file; null = there is none.</summary>
    public string? File { get; }

    /// <summary>The place of a path or of its nearest ancestor; line 0 when nothing is known.</summary>
    public ConfigPosition Find(string path)
    {
        for (var length = path.Length; length > 0; length = path.AsSpan(0, length).LastIndexOfAny('.', '['))
        {
            if (_positions.TryGetValue(path[..length], out var position))
            {
                return position;
            }
        }

        return _positions.GetValueOrDefault("");
    }

    /// <summary>Whether the value at exactly this path came from the environment.</summary>
    public bool IsSubstituted(string path) => _positions.TryGetValue(path, out var position) && position.Substituted;
}
