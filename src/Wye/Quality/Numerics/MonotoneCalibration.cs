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
        int at = Array.BinarySearch(Raw, raw);
        if (at >= 0)
            return Calibrated[at];
        int right = ~at;
        float share = (raw - Raw[right - 1]) / (Raw[right] - Raw[right - 1]);
        return Calibrated[right - 1] + (share * (Calibrated[right] - Calibrated[right - 1]));
    }
}
