using System.Text;

namespace Wye.Signals.Steps;

/// <summary>The rule table as a trie over word hashes, in one open-addressed array: a word costs one or two probes.</summary>
internal sealed class StepLexicon
{
    public const int Root = 0;
    private const uint HashSeed = 2166136261;
    private const uint HashPrime = 16777619;

    private static readonly string[] StopWords =
    [
        .. "a an the this that these those following below above my our your their please all just some user users s".Split(
            ' '
        ),
    ];

    // Words that may stand before the verb of an ask: "can you help me to …", "your task is to …".
    private static readonly string[] FillerWords =
    [
        .. "can could would will you i we want need to help me kindly now then lets task job goal must should so also first like".Split(
            ' '
        ),
    ];

    private static readonly string[] NounWords =
    [
        .. "audit code design draft flag format forward grade judge label map plan port rank rate recap review route score sketch tag".Split(
            ' '
        ),
    ];

    private readonly ulong[] _slots;
    private readonly StepEntry?[] _entries;
    private readonly StepWordFlags[] _flags;
    private readonly int _mask;

    private StepLexicon(
        Dictionary<(int Parent, uint Word), int> edges,
        List<StepEntry?> entries,
        List<StepWordFlags> flags
    )
    {
        _entries = [.. entries];
        _flags = [.. flags];
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)edges.Count * 4);
        _mask = size - 1;
        _slots = new ulong[size];
        foreach (var ((parent, word), node) in edges)
        {
            var key = Key(parent, word);
            var slot = (int)key & _mask;
            while (_slots[slot] != 0)
            {
                // Two different edges with one key would make one phrase match as another.
                if ((uint)_slots[slot] == key)
                {
                    throw new InvalidOperationException($"Word hashes collide at '{_entries[node]?.Phrase}'.");
                }

                slot = (slot + 1) & _mask;
            }

            _slots[slot] = ((ulong)(uint)node << 32) | key;
        }
    }

    public static StepLexicon Default { get; } = Compile(StepVocabularies.All);

    public static uint EmptyHash => HashSeed;

    public static uint WildHash { get; } = HashOf("*");

    public static uint Extend(uint hash, byte lower) => (hash ^ lower) * HashPrime;

    /// <summary>The child of a node by a word; 0 = none.</summary>
    public int Find(int parent, uint word)
    {
        var key = Key(parent, word);
        for (var slot = (int)key & _mask; ; slot = (slot + 1) & _mask)
        {
            var found = _slots[slot];
            if (found == 0)
            {
                return 0;
            }

            if ((uint)found == key)
            {
                return (int)(found >> 32);
            }
        }
    }

    public StepEntry? EntryOf(int node) => _entries[node];

    public StepWordFlags FlagsOf(int node) => _flags[node];

    public static StepLexicon Compile(IEnumerable<StepVocabulary> vocabularies)
    {
        var edges = new Dictionary<(int, uint), int>();
        List<StepEntry?> entries = [null];
        List<StepWordFlags> flags = [StepWordFlags.None];
        foreach (var word in StopWords)
        {
            flags[Node(word)] |= StepWordFlags.Stop;
        }

        foreach (var word in FillerWords)
        {
            flags[Node(word)] |= StepWordFlags.Filler;
        }

        foreach (var word in NounWords)
        {
            flags[Node(word)] |= StepWordFlags.Noun;
        }

        flags[Node("is")] |= StepWordFlags.LateFiller;
        flags[Node("and")] |= StepWordFlags.Joiner;
        foreach (var vocabulary in vocabularies)
        {
            Add(vocabulary, StepEntrySort.Lead, vocabulary.Leads);
            Add(vocabulary, StepEntrySort.Phrase, vocabulary.Phrases);
            Add(vocabulary, StepEntrySort.Hint, vocabulary.Hints);
            Add(vocabulary, StepEntrySort.Role, vocabulary.Roles);
        }

        return new StepLexicon(edges, entries, flags);

        void Add(StepVocabulary vocabulary, StepEntrySort sort, string list)
        {
            foreach (
                var phrase in list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            )
            {
                var node = Node(phrase);
                if (entries[node] is { } other && (other.Kind != vocabulary.Kind || other.Sort == sort))
                {
                    throw new InvalidOperationException($"'{phrase}' tells both {other.Kind} and {vocabulary.Kind}.");
                }

                // The first list that names a phrase says most of it.
                entries[node] ??= new StepEntry(vocabulary.Kind, vocabulary.Narrow, sort, phrase);
            }
        }

        int Node(string phrase)
        {
            var node = Root;
            foreach (var word in phrase.Split(' '))
            {
                var edge = (node, HashOf(word));
                if (!edges.TryGetValue(edge, out var next))
                {
                    next = entries.Count;
                    entries.Add(null);
                    flags.Add(StepWordFlags.None);
                    edges.Add(edge, next);
                }

                node = next;
            }

            return node;
        }
    }

    private static uint Key(int parent, uint word)
    {
        var key = (word ^ ((uint)parent * 0x9E3779B1)) * 0x85EBCA6B;
        return (key ^ (key >> 15)) | 1;
    }

    private static uint HashOf(string word)
    {
        var hash = HashSeed;
        foreach (var letter in Encoding.UTF8.GetBytes(word))
        {
            hash = Extend(hash, letter);
        }

        return hash;
    }
}
