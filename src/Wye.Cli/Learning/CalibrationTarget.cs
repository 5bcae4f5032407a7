using System.Globalization;
using Wye.Learning.Guarantee;

namespace Wye.Cli.Learning;

/// <summary>What a threshold is set for: <c>strong-share=0.3</c>, <c>cost=0.002</c> or <c>quality=0.95</c>.</summary>
/// <param name="Kind">The part before <c>=</c>.</param>
/// <param name="Value">The part after it.</param>
/// <param name="Confidence">Confidence of a quality promise.</param>
internal sealed record CalibrationTarget(string Kind, double Value, double Confidence)
{
    /// <summary>Whether it is a promise, which has a confidence.</summary>
    public bool Promises => Kind is "quality";

    /// <summary>The target in plain words.</summary>
    public string Words =>
        Kind switch
        {
            "strong-share" => string.Create(CultureInfo.InvariantCulture, $"strong share {Value:0.####}"),
            "cost" => string.Create(CultureInfo.InvariantCulture, $"at most USD {Value:0.########} per call"),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"with {Sure} confidence at least {Value:0.##%} of strong quality on traffic like this"
            ),
        };

    // Not rounded to whole percent: 99.99 % is not 100 %.
    private string Sure => string.Create(CultureInfo.InvariantCulture, $"{Confidence * 100:0.######} %");

    /// <summary>Reads a target.</summary>
    /// <param name="text">What was written after <c>--target</c>.</param>
    /// <param name="confidence">Confidence of a quality promise.</param>
    /// <param name="share">What the share of strong calls is called; for gates <c>escalation</c>.</param>
    public static CalibrationTarget Parse(string text, double confidence, string share = "strong-share")
    {
        string help = $"Write {share}=0.3, cost=0.002 (USD per call) or quality=0.95.";
        string[] parts = text.Split('=');
        if (
            parts.Length != 2
            || !double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
        )
            throw new CliFailureException($"'{text}' is no target. {help}", ExitCodes.Usage);
        string kind = parts[0] == share ? "strong-share" : parts[0];
        if (kind is not ("strong-share" or "cost" or "quality"))
            throw new CliFailureException($"'{parts[0]}' is no target. {help}", ExitCodes.Usage);
        if (!(parts[0] is "cost" ? value > 0 && double.IsFinite(value) : value is > 0 and <= 1))
            throw new CliFailureException(
                $"{parts[0]}={parts[1]} is out of range: {(parts[0] is "cost" ? "a cost is above 0" : "a share lies above 0 and at most at 1")}.",
                ExitCodes.Usage
            );
        return confidence is > 0.5 and < 1
            ? new CalibrationTarget(kind, value, confidence)
            : throw new CliFailureException(
                "A confidence lies above 0.5 and below 1, e.g. --confidence 0.95.",
                ExitCodes.Usage
            );
    }

    /// <summary>The threshold; null when the target cannot be met.</summary>
    public float? Find(CalibrationSample sample)
    {
        if (Kind is "strong-share")
            return ThresholdCalibration.ForStrongShare(sample.Gains, Value);
        if (Promises)
        {
            QualityGuarantee.Promise promise = QualityGuarantee.Find(
                sample.Gains,
                sample.Weak,
                sample.Strong,
                Value,
                Confidence
            );
            return promise.Achieved ? promise.Threshold : null;
        }

        if (!sample.Priced)
            throw new CliFailureException(
                "The data has no costs for both models. Use --target strong-share=… or quality=…."
            );
        // The cheapest that threshold calibration can do is weak for every call.
        return sample.Cost(float.PositiveInfinity) > Value
            ? null
            : ThresholdCalibration.ForCost(sample.Gains, sample.WeakCost, sample.StrongCost, Value);
    }

    /// <summary>Why there is no threshold, and what to do.</summary>
    public string Refusal(CalibrationSample sample) =>
        Kind is "cost"
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"Not achievable: the weak model alone costs USD {sample.Cost(float.PositiveInfinity):0.######} per call on this data."
            )
            : string.Create(
                CultureInfo.InvariantCulture,
                $"Not achievable with this router: on {sample.Count} questions no threshold below \"strong for every call\" keeps {Value:0.##%} of strong quality with {Sure} confidence. The safe choice is strong for every call. Ask for less (--target quality=0.9), or calibrate on more questions."
            );
}
