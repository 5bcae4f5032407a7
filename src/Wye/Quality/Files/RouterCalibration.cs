namespace Wye.Quality.Files;

/// <summary>What threshold calibration saw, so that live traffic can be compared with it.</summary>
/// <param name="Weak">Weak model of the pair.</param>
/// <param name="Strong">Strong model of the pair.</param>
/// <param name="StrongShare">Share of the sample that went to strong, 0..1.</param>
/// <param name="Questions">Questions of the sample.</param>
/// <param name="Edges">Inner decile edges of the sample's gains; live gains are binned by them for drift.</param>
/// <param name="Shares">Share of the sample in each bin between the edges; null = all alike, as they are unless gains are equal.</param>
internal sealed record RouterCalibration(
    string Weak,
    string Strong,
    double StrongShare,
    int Questions,
    IReadOnlyList<float> Edges,
    IReadOnlyList<double>? Shares = null
);
