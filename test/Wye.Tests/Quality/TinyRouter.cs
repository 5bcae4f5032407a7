using Wye.Learning.Training;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Files;
using Wye.Quality.Heads;
using Wye.Quality.Routers;

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
    public static byte[] Bytes(RouterManifest? manifest = null, RouterSnapshot? router = null)
    {
        using var stream = new MemoryStream();
        RouterFile.Write(stream, manifest ?? Manifest, router ?? Snapshot);
        return stream.ToArray();
    }

    /// <summary>The same router, as if its latent part were outside embeddings.</summary>
    public static RouterSnapshot WithEmbeddings(string model) =>
        new()
        {
            Name = Snapshot.Name,
            Encoder = new RouterEncoder
            {
                External = new ExternalEncoder(model, Snapshot.Encoder.LatentWidth, Shortened: true),
                Idf = Snapshot.Encoder.Idf,
                Row = Snapshot.Encoder.Row,
                Projection = Snapshot.Encoder.Projection,
                Mean = Snapshot.Encoder.Mean,
                InverseSpread = Snapshot.Encoder.InverseSpread,
            },
            Models = Snapshot.Models,
            Quality = Snapshot.Quality,
            Lengths = Snapshot.Lengths,
            Topics = Snapshot.Topics,
        };

    private static RouterSnapshot Train()
    {
        Corpus corpus = Corpus.Build([TinyWorld.Set()]);
        int[] all = [.. Enumerable.Range(0, corpus.Count)];
        return new RouterTrainer(corpus, TinyWorld.Options).Fit("tiny", [], [("weak", "strong")], all);
    }
}
