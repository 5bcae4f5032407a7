using Wye.Learning.Numerics;

namespace Wye.Learning.Training.Heads;

/// <summary>Leading directions of a group's targets over its heads.</summary>
internal static class HeadBasis
{
    /// <summary>Orthonormal directions, most varied first. [directions × heads]; with few heads, all of them.</summary>
    public static float[] Of(float[] targets, int[] rows, int heads, int most)
    {
        if (heads == 1)
            return [1];
        float[] mean = HeadTargets.MeanOf(targets, rows, heads);
        float[] centred = HeadTargets.Pick(targets, rows, heads);
        for (int i = 0; i < centred.Length; i++)
            centred[i] -= mean[i % heads];
        (_, double[] vectors) = Symmetric.Eigen(Symmetric.Gram(centred, rows.Length, heads), heads);
        return Array.ConvertAll(vectors[..(Math.Min(most, heads) * heads)], v => (float)v);
    }
}
