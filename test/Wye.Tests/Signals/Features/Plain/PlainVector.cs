namespace Wye.Signals.Features.Plain;

/// <summary>Counts per bucket, in a dictionary.</summary>
internal sealed class PlainVector
{
    public SortedDictionary<int, float> Values { get; } = [];

    public float[] Scalars { get; } = new float[FeatureLayout.Scalars];

    public void Add(int bucket, float weight) => Values[bucket] = Values.GetValueOrDefault(bucket) + weight;

    public void Finish()
    {
        foreach ((int bucket, float sum) in Values.ToArray())
        {
            float size = MathF.Abs(sum);
            if (size > 1)
                Values[bucket] = MathF.CopySign(1 + MathF.Log(size), sum);
        }
    }
}
