using System.Security.Cryptography;
using Wye.Yaml;

namespace Wye.Gateway.Reloading;

/// <summary>Reloads when the configuration file has other content and was left alone for a moment.</summary>
/// <remarks>
/// The folder is watched, not the file: editors and ConfigMaps put another file or link in its place. Events only arm a
/// timer; what counts is the content, the same at two looks in a row, so that neither a burst of events or a touched file
/// reloads more than once, nor what is written beside it all the time, such as a ledger, puts a reload off.
/// </remarks>
internal sealed class ConfigWatcher : IDisposable
{
    /// <summary>Time between two looks: as long the file must be left alone.</summary>
    public static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(200);

    private readonly string _path;
    private readonly ConfigReloader _reloader;
    private readonly FileSystemWatcher? _watcher;
    private readonly ITimer _timer;
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private byte[]? _seen;
    private byte[]? _new;
    private int _armed;

    /// <param name="path">The file.</param>
    /// <param name="loaded">Its <see cref="Fingerprint"/> from before it was loaded.</param>
    /// <param name="reloader">What to call.</param>
    /// <param name="time">Clock of the quiet time.</param>
    /// <param name="notices">Where it is said that the file cannot be watched; null = nowhere.</param>
    public ConfigWatcher(string path, byte[]? loaded, ConfigReloader reloader, TimeProvider time, TextWriter? notices)
    {
        _path = Path.GetFullPath(path);
        _reloader = reloader;
        _seen = loaded;
        _timer = time.CreateTimer(
            _ => Look = Task.WhenAll(Look, CheckAsync()),
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        try
        {
            _watcher = new FileSystemWatcher(Path.GetDirectoryName(_path)!)
            {
                NotifyFilter = NotifyFilters.LastWrite | NotifyFilters.FileName | NotifyFilters.Size,
            };
            _watcher.Changed += (_, _) => Arm();
            _watcher.Created += (_, _) => Arm();
            _watcher.Renamed += (_, _) => Arm();
            _watcher.Error += (_, _) => Arm();
            _watcher.EnableRaisingEvents = true;
            // What changed between loading and watching made no event.
            Arm();
        }
        catch (Exception fault) when (fault is IOException or ArgumentException or PlatformNotSupportedException)
        {
            // The limit of watches of the machine is used up, for one: serving matters more.
            notices?.WriteLine($"wye: {path} is not watched ({fault.Message}). POST /admin/reload reloads it.");
        }
    }

    /// <summary>What tells one content of a file from another; null = it cannot be read now.</summary>
    public static byte[]? Fingerprint(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            // In pieces: whatever is written to the folder comes by here.
            Span<byte> piece = stackalloc byte[4096];
            for (var left = YamlBounds.MaxBytes + 1; left > 0; )
            {
                var length = file.Read(piece[..Math.Min(piece.Length, left)]);
                if (length == 0)
                {
                    break;
                }

                hash.AppendData(piece[..length]);
                left -= length;
            }

            return hash.GetHashAndReset();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The looks at the file that are not over, with the reloads they led to; for tests.</summary>
    internal Task Look { get; private set; } = Task.CompletedTask;

    /// <summary>Something happened in the folder: look at the file soon.</summary>
    internal void Arm()
    {
        if (!_stop.IsCancellationRequested && Interlocked.Exchange(ref _armed, 1) == 0)
        {
            _timer.Change(Quiet, Timeout.InfiniteTimeSpan);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _stop.Cancel();
        _watcher?.Dispose();
        _timer.Dispose();
    }

    private async Task CheckAsync()
    {
        Volatile.Write(ref _armed, 0);
        if (!IsNewAndLeftAlone())
        {
            return;
        }

        try
        {
            await _reloader.ReloadAsync(_stop.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or ObjectDisposedException)
        {
            // Stopping.
        }
    }

    private bool IsNewAndLeftAlone()
    {
        var now = Fingerprint(_path);
        lock (_gate)
        {
            // A file that is gone for a moment is being replaced; one that stays away changes nothing.
            if (now is null || now.AsSpan().SequenceEqual(_seen))
            {
                _new = null;
                return false;
            }

            if (now.AsSpan().SequenceEqual(_new))
            {
                (_seen, _new) = (now, null);
                return true;
            }

            _new = now;
        }

        Arm();
        return false;
    }
}
