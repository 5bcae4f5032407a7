using Wye.Quality.Routers;

namespace Wye.Quality.Files;

public sealed class RouterFileTests
{
    private static readonly RouterManifest Manifest = new()
    {
        Name = "hand-made",
        Seed = 7,
        Labels = 1234,
        Sources = [new RouterManifest.Source("desk", new string('a', 64), 1234, 3)],
        Guard = new string('b', 64),
        Threshold = 0.15625,
        Target = "strong share 0.3",
        Calibration = new RouterCalibration("small", "large", 0.3125, 400, [0.1f, 0.2f, 0.4f], [0.5, 0.25, 0, 0.25]),
        Metrics = new Dictionary<string, double>(StringComparer.Ordinal) { ["guard.over_mix"] = 0.0234375 },
    };

    [Fact]
    public void Read_OfAManifestWithAFlippedBit_IsRefusedOrTheSame()
    {
        byte[] bytes = Bytes(Manifest, RouterSnapshot.Empty("hand-made"));
        ReadOnlySpan<byte> name = "manifest.json"u8;
        int from = bytes.AsSpan().IndexOf(name) + name.Length;
        int to = bytes.AsSpan().IndexOf("PK\x01\x02"u8);
        var passed = new List<int>();
        for (int at = from; at < to; at++)
        {
            byte[] flipped = [.. bytes];
            flipped[at] ^= (byte)(1 << (at % 8));
            try
            {
                var (manifest, router) = RouterFile.Read(new MemoryStream(flipped));
                if (!Bytes(manifest, router).AsSpan().SequenceEqual(bytes))
                    passed.Add(at - from);
            }
            catch (RouterFileException fault)
            {
                fault.Message.ShouldContain("damaged");
            }
        }

        (to - from).ShouldBeGreaterThan(200);
        passed.ShouldBeEmpty("a threshold that differs by a digit would be served");
    }

    [Fact]
    public void Read_KeepsTheSharesOfTiedDeciles_AndNeedsNone()
    {
        RouterSnapshot router = RouterSnapshot.Empty("hand-made");
        byte[] without = Bytes(Manifest with { Calibration = Manifest.Calibration! with { Shares = null } }, router);

        RouterFile
            .Read(new MemoryStream(Bytes(Manifest, router)))
            .Manifest.Calibration.ShouldNotBeNull()
            .Shares.ShouldBe([0.5, 0.25, 0, 0.25]);
        RouterFile.Read(new MemoryStream(without)).Manifest.Calibration.ShouldNotBeNull().Shares.ShouldBeNull();
    }

    private static byte[] Bytes(RouterManifest manifest, RouterSnapshot router)
    {
        using var stream = new MemoryStream();
        RouterFile.Write(stream, manifest, router);
        return stream.ToArray();
    }
}
