using System.Collections.Concurrent;
using Wye.Quality.Files;
using Wye.Quality.Routers;

namespace Wye.Hosting;

/// <summary>Router files by path, read once as long as they stay the same. Thread-safe.</summary>
internal static class RouterFiles
{
    private static readonly ConcurrentDictionary<string, Kept> Read = new(StringComparer.Ordinal);

    /// <summary>The router in a file.</summary>
    /// <exception cref="RouterFileException">It is no router file, of another version, or damaged.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static (RouterManifest Manifest, RouterSnapshot Router) Load(string path)
    {
        var file = new FileInfo(path);
        if (
            Read.TryGetValue(file.FullName, out var kept)
            && file.Exists
            && kept.Changed == file.LastWriteTimeUtc
            && kept.Length == file.Length
        )
        {
            return (kept.Manifest, kept.Router);
        }

        using var stream = file.OpenRead();
        var (changed, length) = (file.LastWriteTimeUtc, file.Length);
        var (manifest, router) = RouterFile.Read(stream);
        // One file at a time is served; a second one here is a test's or a reload's.
        Read.Clear();
        Read[file.FullName] = new Kept(changed, length, manifest, router);
        return (manifest, router);
    }

    private sealed record Kept(DateTime Changed, long Length, RouterManifest Manifest, RouterSnapshot Router);
}
