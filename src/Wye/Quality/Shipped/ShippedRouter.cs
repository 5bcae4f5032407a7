using System.IO.Compression;
using System.Text.Json;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Quality.Shipped;

/// <summary>The router that ships with Wye. Read when first asked for; thread-safe.</summary>
/// <remarks>Checking a configuration asks for its manifest only; its tensors are megabytes, which a start does not wait for.</remarks>
internal static class ShippedRouter
{
    /// <summary>What it goes by, whatever its file was called.</summary>
    public const string Name = "shipped";

    private const string Resource = "Wye.Quality.Shipped.router.wye";
    private static readonly Lazy<RouterManifest?> Facts = new(ReadManifest);
    private static readonly Lazy<ServedRouter?> Read = new(Load);

    /// <summary>What it says of itself; null = this build has none.</summary>
    public static RouterManifest? Manifest => Facts.Value;

    /// <summary>The router, ready to serve; null = this build has none.</summary>
    public static ServedRouter? Served => Read.Value;

    private static RouterManifest? ReadManifest()
    {
        using Stream? stream = Open();
        if (stream is null)
            return null;
        using var archive = new ZipArchive(stream, ZipArchiveMode.Read);
        using Stream text = archive.GetEntry("manifest.json")!.Open();
        using var json = JsonDocument.Parse(text);
        return ManifestJson.Read(json.RootElement) with { Name = Name };
    }

    private static ServedRouter? Load()
    {
        using Stream? stream = Open();
        if (stream is null)
            return null;
        (RouterManifest manifest, RouterSnapshot router) = RouterFile.Read(stream);
        return ServedRouter.Of(manifest with { Name = Name }, router);
    }

    private static Stream? Open() => typeof(ShippedRouter).Assembly.GetManifestResourceStream(Resource);
}
