using System.Text;
using Wye.Learning.Numerics;
using Wye.Learning.Reading;
using Wye.Quality.Heads;
using Wye.Signals.Features;

namespace Wye.Learning.Training.Corpora;

/// <summary>The questions of several labelled sets with their features, read once.</summary>
internal sealed class Corpus
{
    private Corpus(
        IReadOnlyList<LabelledSet> sets,
        int[] offsets,
        SparseRows hashed,
        float[] scalars,
        int[] groups,
        ExternalEncoder? external
    )
    {
        External = external;
        Sets = sets;
        Offsets = offsets;
        Hashed = hashed;
        Scalars = scalars;
        Groups = groups;
    }

    /// <summary>The sets, in the order given.</summary>
    public IReadOnlyList<LabelledSet> Sets { get; }

    /// <summary>First item of each set, and one past the last.</summary>
    public int[] Offsets { get; }

    /// <summary>Hashed counts per item, unscaled.</summary>
    public SparseRows Hashed { get; }

    /// <summary>Scalar features, unscaled. [items × FeatureLayout.Scalars].</summary>
    public float[] Scalars { get; }

    /// <summary>Number of the question an item asks: equal keys, equal number.</summary>
    public int[] Groups { get; }

    /// <summary>Whose embeddings its questions carry; null = none.</summary>
    public ExternalEncoder? External { get; }

    /// <summary>Number of items.</summary>
    public int Count => Groups.Length;

    /// <summary>Set an item belongs to.</summary>
    public int SetOf(int item)
    {
        int set = Array.BinarySearch(Offsets, item);
        return set >= 0 ? set : ~set - 1;
    }

    /// <summary>The question of an item.</summary>
    public LabelledQuery Query(int item)
    {
        int set = SetOf(item);
        return Sets[set].Queries[item - Offsets[set]];
    }

    /// <summary>Reads the features of every question.</summary>
    /// <param name="sets">The sets.</param>
    /// <param name="vectors">Outside embeddings that take the place of the latent space; null = it is learned.</param>
    /// <exception cref="InvalidDataException">A question has no vector.</exception>
    public static Corpus Build(IReadOnlyList<LabelledSet> sets, PromptVectors? vectors = null)
    {
        if (vectors is not null)
            sets = [.. sets.Select(vectors.AddTo)];
        int[] offsets = new int[sets.Count + 1];
        for (int s = 0; s < sets.Count; s++)
            offsets[s + 1] = offsets[s] + sets[s].Queries.Count;
        int count = offsets[^1];
        int[] start = new int[count + 1];
        var index = new List<int>(count * 400);
        var value = new List<float>(count * 400);
        float[] scalars = new float[count * FeatureLayout.Scalars];
        int[] groups = new int[count];
        var known = new Dictionary<string, int>(StringComparer.Ordinal);
        var vector = new FeatureVector();
        int item = 0;
        foreach (LabelledSet set in sets)
        {
            foreach (LabelledQuery query in set.Queries)
            {
                var text = new PromptText
                {
                    User = Encoding.UTF8.GetBytes(query.Prompt),
                    System = Encoding.UTF8.GetBytes(query.System),
                    Tools = Encoding.UTF8.GetBytes(query.Tools),
                };
                FeatureHasher.Read(text, vector);
                index.AddRange(vector.Indices);
                value.AddRange(vector.Values);
                vector.Scalars.CopyTo(scalars, item * FeatureLayout.Scalars);
                if (!known.TryGetValue(query.Key, out int group))
                    known.Add(query.Key, group = known.Count);
                groups[item] = group;
                start[++item] = index.Count;
            }
        }

        var hashed = new SparseRows(start, [.. index], [.. value], FeatureLayout.Buckets);
        return new Corpus(sets, offsets, hashed, scalars, groups, vectors?.Encoder);
    }
}
