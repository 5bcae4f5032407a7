namespace Wye.Learning.Numerics;

/// <summary>Rounds weights to what a router file keeps, so that a router read back scores exactly as it was measured.</summary>
internal static class Rounding
{
    /// <summary>Rounds to 16-bit floats in place and returns the array.</summary>
    public static float[] ToHalf(float[] values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = (float)(Half)values[i];
        return values;
    }
}
