using System.Numerics;

namespace Wye.Quality.Numerics;

/// <summary>Probability calibration: a strictly increasing piecewise-linear map from raw to calibrated value.</summary>
internal sealed class MonotoneCalibration
{
    /// <summary>Raw values, strictly increasing.</summary>
    public required float[] Raw { get; init; }

    /// <summary>Calibrated values, strictly increasing, same length.</summary>
    public required float[] Calibrated { get; init; }

    /// <summary>Calibrated value; outside the knots the slope is small but positive, so that no ties arise.</summary>
    public float Apply(float raw)
    {
        const float tail = 1e-3f;
        int last = Raw.Length - 1;
        if (raw <= Raw[0])
            return Calibrated[0] - (tail * (1 - (1 / (1 + Raw[0] - raw))));
        if (raw >= Raw[last])
            return Calibrated[last] + (tail * (1 - (1 / (1 + raw - Raw[last]))));
        // The last knot at or before it. Without a branch: which half it is in cannot be foretold.
        int at = 0;
        for (int step = (int)BitOperations.RoundUpToPowerOf2((uint)last) / 2; step > 0; step /= 2)
            at += at + step < last && Raw[at + step] <= raw ? step : 0;
        float share = (raw - Raw[at]) / (Raw[at + 1] - Raw[at]);
        return Calibrated[at] + (share * (Calibrated[at + 1] - Calibrated[at]));
    }
}
