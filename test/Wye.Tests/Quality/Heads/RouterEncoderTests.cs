using Wye.Quality.Numerics;
using Wye.Signals.Features;

namespace Wye.Quality.Heads;

public sealed class RouterEncoderTests
{
    [Fact]
    public void Position_IsTheDensePart_InUnitsOfTheLatentLength_Rounded()
    {
        var encoder = Encoder(3);
        var dense = new float[encoder.DenseWidth];
        (dense[0], dense[2], dense[3]) = (3, -1.5f, 1.2f);
        var position = new float[encoder.PositionWidth];
        encoder.Place(dense, position);

        position.Length.ShouldBe(3 + FeatureLayout.Scalars);
        position[..4].ShouldBe([1, 0, -64 / 127f, 51 / 127f]);
        position[4..].ShouldAllBe(value => value == 0);
    }

    [Fact]
    public void Position_OfAWideEmbedding_TakesItsFirstDimensions_AndAllScalars()
    {
        var encoder = Encoder(200);
        float[] dense =
        [
            .. Enumerable
                .Range(0, encoder.DenseWidth)
                .Select(i =>
                    i < 128 ? 0.3f
                    : i < 200 ? 3
                    : -0.6f
                ),
        ];
        var position = new float[encoder.PositionWidth];
        encoder.Place(dense, position);

        position.Length.ShouldBe(RouterEncoder.MostPlaced + FeatureLayout.Scalars);
        position[..RouterEncoder.MostPlaced].ShouldAllBe(value => value == 13 / 127f);
        position[RouterEncoder.MostPlaced..].ShouldAllBe(value => value == -25 / 127f);
    }

    private static RouterEncoder Encoder(int dimensions) =>
        new()
        {
            Idf = new byte[FeatureLayout.Buckets],
            Row = [.. Enumerable.Repeat(-1, FeatureLayout.WordBuckets)],
            Projection = ByteMatrix.Of([], 0),
            External = new ExternalEncoder("embedder", dimensions, Shortened: false),
            Mean = new float[FeatureLayout.Scalars],
            InverseSpread = new float[FeatureLayout.Scalars],
        };
}
