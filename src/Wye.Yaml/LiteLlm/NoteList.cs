using System.Collections.Immutable;

namespace Wye.Yaml.LiteLlm;

/// <summary>Collects notes; the same one is kept once.</summary>
internal sealed class NoteList
{
    private readonly List<ImportNote> _notes = [];

    public void Add(string path, string what, string instead = "")
    {
        var note = new ImportNote(path, what, instead);
        if (!_notes.Contains(note))
        {
            _notes.Add(note);
        }
    }

    /// <summary>Notes every key that nobody looked at, with the reason where it is known.</summary>
    public void Rest(LiteMap map)
    {
        foreach (var key in map.Unseen)
        {
            var (what, instead) = LeftOut.Reason(key);
            Add(map.At(key), what, instead);
        }
    }

    public ImmutableArray<ImportNote> ToImmutable() => [.. _notes];
}
