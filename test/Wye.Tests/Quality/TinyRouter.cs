using Wye.Learning.Training;
using Wye.Quality.Files;

namespace Wye.Quality;

/// <summary>A router trained in a second on the own-written world of <see cref="TinyWorld"/>: models weak, middling and strong.</summary>
internal static class TinyRouter
{
    private static readonly Lazy<RouterSnapshot> Trained = new(Train);

    public static RouterSnapshot Snapshot => Trained.Value;

    public static RouterManifest Manifest { get; } =
        new()
        {
            Name = "tiny",
            Seed = 1,
            Labels = 600,
            Sources = [new RouterManifest.Source("tiny", new string('0', 64), 600, 3)],
            Champion = true,
        };

    /// <summary>As a file.</summary>
    public static byte[] Bytes(RouterManifest? manifest = null)
    {
        using var stream = new MemoryStream();
        RouterFile.Write(stream, manifest ?? Manifest, Snapshot);
        return stream.ToArray();
    }

    private static RouterSnapshot Train()
    {
        Corpus corpus = Corpus.Build([TinyWorld.Set()]);
        int[] all = [.. Enumerable.Range(0, corpus.Count)];
        return new RouterTrainer(corpus, TinyWorld.Options).Fit("tiny", [], [("weak", "strong")], all);
    }
}
