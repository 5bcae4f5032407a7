using System.Security.Cryptography;
using System.Text;

namespace Wye.Access.Secrets;

/// <summary>
/// Hashes secrets with HMAC-SHA-256 under a pepper that lives in its own file: a copy of the database alone neither logs
/// in nor verifies a guess. Thread-safe.
/// </summary>
/// <remarks>A fast hash suffices because secrets are 256 random bits; it would not for words chosen by people.</remarks>
public sealed class KeyHasher : ISecretHasher
{
    private const int PepperBytes = 32;
    private const int MostTurns = 2_000;

    // Setting a keyed hash up costs more than hashing: one is kept per thread, and is as new after each use.
    [ThreadStatic]
    private static Keyed? _keyed;

    private readonly byte[] _pepper;

    /// <summary>Takes the pepper.</summary>
    /// <param name="pepper">32 bytes.</param>
    public KeyHasher(ReadOnlySpan<byte> pepper)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(pepper.Length, PepperBytes, nameof(pepper));
        _pepper = pepper.ToArray();
        Mark = Convert.ToHexStringLower(HMACSHA256.HashData(_pepper, "wye pepper mark"u8)[..8]);
    }

    /// <summary>Tells peppers apart without revealing them; 16 hexadecimal digits.</summary>
    public string Mark { get; }

    /// <summary>Reads the pepper from a file; makes the file (readable by its owner only) when there is none.</summary>
    /// <exception cref="AccessUnavailableException">The file cannot be read or made, or is no pepper.</exception>
    public static KeyHasher LoadOrCreate(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            if (!File.Exists(path))
            {
                Create(path);
            }

            var pepper = File.ReadAllBytes(path);
            return pepper.Length == PepperBytes
                ? new KeyHasher(pepper)
                : throw new AccessUnavailableException(
                    $"'{path}' holds {pepper.Length} bytes, a pepper has {PepperBytes}. Restore it from a backup."
                );
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new AccessUnavailableException(
                $"The pepper '{path}' cannot be read or made ({error.Message}). Give this user the right to read it and to write its folder.",
                error
            );
        }
    }

    void ISecretHasher.Hash(ReadOnlySpan<char> secret, Span<byte> hash) => Hash(secret, hash);

    internal void Hash(ReadOnlySpan<char> secret, Span<byte> hash)
    {
        Span<byte> ascii = stackalloc byte[ApiKeyFormat.SecretLength];
        var length = Encoding.ASCII.GetBytes(secret, ascii);
        if (_keyed?.Owner != this)
        {
            _keyed?.Hash.Dispose();
            _keyed = new Keyed(this, IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _pepper));
        }

        _keyed.Hash.AppendData(ascii[..length]);
        _keyed.Hash.GetHashAndReset(hash);
    }

    // Written aside and moved, so that no second process reads half a pepper. One at a time: to move without overwriting is to look
    // first and to move then, so that of two the second would replace the pepper that the first has read already.
    private static void Create(string path)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(path))!;
        Directory.CreateDirectory(folder);
        using var turn = TakeTurn(path);
        if (File.Exists(path))
        {
            return;
        }

        var aside = Path.Combine(folder, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        try
        {
            using (var file = new FileStream(aside, options))
            {
                file.Write(RandomNumberGenerator.GetBytes(PepperBytes));
                file.Flush(flushToDisk: true);
            }

            File.Move(aside, path, overwrite: false);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    /// <summary>Waits for a lock beside the file; whoever gets it once the pepper is there finds the pepper.</summary>
    private static FileStream TakeTurn(string path)
    {
        const string Lock = ".lock";
        const int TriesBeforeSleep = 20;
        var wait = new SpinWait();
        for (var left = MostTurns; ; left--)
        {
            try
            {
                return new FileStream(
                    path + Lock,
                    FileMode.OpenOrCreate,
                    FileAccess.ReadWrite,
                    FileShare.None,
                    bufferSize: 1,
                    FileOptions.DeleteOnClose
                );
            }
            catch (IOException) when (left > 0)
            {
                wait.SpinOnce(TriesBeforeSleep);
            }
        }
    }

    private sealed record Keyed(KeyHasher Owner, IncrementalHash Hash);
}
