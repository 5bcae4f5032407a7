using System.IO.Compression;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Wye.Quality.Routers;
using Wye.Signals.Features;

namespace Wye.Quality.Files;

/// <summary>Router files: a zip archive of <c>manifest.json</c> and little-endian tensors.</summary>
/// <remarks>Same router, same bytes: fixed entry order and times. Every tensor has a SHA-256 in the manifest, the manifest the archive's checksum.</remarks>
internal static class RouterFile
{
    /// <summary>Version this code writes and the only one it reads.</summary>
    public const int Version = 3;

    private const string Format = "wye-router";
    private const string Entry = "manifest.json";
    private const int IdentityBytes = 8;
    private static readonly JsonWriterOptions s_indented = new() { Indented = true };

    /// <summary>Writes a router.</summary>
    public static void Write(Stream stream, RouterManifest manifest, RouterSnapshot router)
    {
        using var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true);
        var tensors = new TensorWriter(archive);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, s_indented))
        {
            json.WriteStartObject();
            json.WriteString("format", Format);
            json.WriteNumber("version", Version);
            json.WriteNumber("features", FeatureLayout.Version);
            ManifestJson.Write(json, manifest);
            json.WriteStartObject("router");
            SnapshotJson.Write(json, tensors, router);
            json.WriteEndObject();
            tensors.WriteList(json);
            json.WriteEndObject();
        }

        TensorWriter.WriteEntry(archive, Entry, buffer.ToArray());
    }

    // What estimates follow from: the list of tensors holds a hash of each.
    private static string IdentityOf(JsonElement root)
    {
        string text = root.GetProperty("router").GetRawText() + root.GetProperty("tensors").GetRawText();
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, IdentityBytes));
    }

    /// <summary>Reads a router.</summary>
    /// <exception cref="RouterFileException">Not a router file, another version, or damaged.</exception>
    public static (RouterManifest Manifest, RouterSnapshot Router) Read(Stream stream)
    {
        try
        {
            using var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true);
            ZipArchiveEntry entry =
                archive.GetEntry(Entry)
                ?? throw new RouterFileException(
                    "This is no router file: it has no manifest. Train one with 'wye train'."
                );
            using var json = JsonDocument.Parse(Whole(entry));
            JsonElement root = json.RootElement;
            if (root.GetProperty("format").GetString() != Format)
                throw new RouterFileException("This is no router file. Train one with 'wye train'.");
            int version = root.GetProperty("version").GetInt32();
            if (version != Version)
                throw new RouterFileException(
                    $"The router file has version {version}; this program reads version {Version}. {Mend(version > Version)}"
                );
            int features = root.GetProperty("features").GetInt32();
            if (features != FeatureLayout.Version)
                throw new RouterFileException(
                    $"The router was trained for features {features}; this program computes {FeatureLayout.Version}. {Mend(features > FeatureLayout.Version)}"
                );
            var tensors = new TensorReader(archive, root.GetProperty("tensors"));
            RouterManifest manifest = ManifestJson.Read(root) with { Identity = IdentityOf(root) };
            return (manifest, SnapshotJson.Read(root.GetProperty("router"), tensors, manifest.Name));
        }
        catch (Exception e)
            when (e
                    is InvalidDataException
                        or JsonException
                        or KeyNotFoundException
                        or InvalidOperationException
                        or FormatException
            )
        {
            throw new RouterFileException($"The router file is damaged: {e.Message} Copy or train it again.", e);
        }
    }

    // Tensors have a hash each; the archive's own checksum is the manifest's, and reading does not look at it.
    private static byte[] Whole(ZipArchiveEntry entry)
    {
        using var buffer = new MemoryStream();
        using (Stream text = entry.Open())
            text.CopyTo(buffer);
        byte[] bytes = buffer.ToArray();
        return Crc32.HashToUInt32(bytes) == entry.Crc32
            ? bytes
            : throw new RouterFileException(
                "The manifest fails its checksum: the router file is damaged. Copy or train it again."
            );
    }

    private static string Mend(bool newer) =>
        newer ? "Update the program, or train the router again." : "Train the router again.";
}
