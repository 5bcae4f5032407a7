using System.IO.MemoryMappedFiles;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Sqlite.Calls;

/// <summary>
/// Intents of one process that are written without a transaction: a file beside the database, in slots of one sector. It is written
/// through memory, for a write would wait whenever the system writes the file to the disk; what is in it outlives the process,
/// as a commit does (<see cref="SqliteDurability.Normal"/>). A slot is not cleared when its call is closed: an intent counts until its
/// request is recorded. Used under the lock of its owner.
/// </summary>
internal sealed class IntentFile : IDisposable
{
    /// <summary>Bytes of a slot: a sector, which disks write whole or not at all.</summary>
    public const int SlotSize = 512;

    private const int Slots = 4096;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;

    // The newest first: few pages are written.
    private readonly Stack<int> _free = new(Slots);
    private readonly byte[] _slot = new byte[SlotSize];
    private readonly IntentList _json = new();
    private int _used;

    private IntentFile(FileStream file)
    {
        _file = MemoryMappedFile.CreateFromFile(
            file,
            mapName: null,
            file.Length,
            MemoryMappedFileAccess.ReadWrite,
            HandleInheritability.None,
            leaveOpen: false
        );
        _view = _file.CreateViewAccessor();
    }

    /// <summary>Makes the file of a process; only its owner can read it.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static IntentFile Create(string database, string instance)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(PathOf(database, instance), options);
        try
        {
            // Written, not only lengthened: a full disk says so here, not when the memory is touched.
            file.Write(new byte[Slots * SlotSize]);
            file.Flush();
            return new(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes the intent of a call that is about to be made.</summary>
    /// <returns>Its slot; null = there is none, or the intent is longer than a slot.</returns>
    public int? TryWrite(CallIntent intent, Usd amount, string accounts)
    {
        if (_free.Count == 0 && _used == Slots)
        {
            return null;
        }

        _json.Clear();
        _json.Add(intent, amount, accounts);
        var utf8 = _json.Utf8;
        if (utf8.Length > SlotSize)
        {
            return null;
        }

        utf8.CopyTo(_slot);
        _slot.AsSpan(utf8.Length).Clear();
        var slot = _free.Count > 0 ? _free.Pop() : _used++;
        Write(slot);
        return slot;
    }

    /// <summary>The request of its call is recorded: the slot may be written again.</summary>
    public void Free(int slot) => _free.Push(slot);

    /// <summary>All slots but these may be written again.</summary>
    public void FreeAllBut(IReadOnlySet<int> slots)
    {
        _free.Clear();
        for (var slot = 0; slot < _used; slot++)
        {
            if (!slots.Contains(slot))
            {
                _free.Push(slot);
            }
        }
    }

    /// <summary>
    /// Clears slots whose requests are recorded. Retention must not delete those earlier: their intents would count again.
    /// </summary>
    public void ClearFree()
    {
        Array.Clear(_slot);
        foreach (var slot in _free)
        {
            Write(slot);
        }
    }

    /// <summary>What stands in the file of a process, recorded or not; nothing when it has none.</summary>
    public static List<OrphanedIntent> Read(string database, string instance)
    {
        byte[] bytes;
        try
        {
            using var file = new FileStream(
                PathOf(database, instance),
                FileMode.Open,
                FileAccess.Read,
                FileShare.ReadWrite | FileShare.Delete
            );
            bytes = new byte[file.Length];
            file.ReadExactly(bytes);
        }
        catch (FileNotFoundException)
        {
            return [];
        }

        var intents = new List<OrphanedIntent>();
        for (var start = 0; start < bytes.Length; start += SlotSize)
        {
            var slot = bytes.AsSpan(start, Math.Min(SlotSize, bytes.Length - start));
            var end = slot.IndexOf((byte)0);
            if (OrphanedIntent.Parse(end < 0 ? slot : slot[..end]) is { } intent)
            {
                intents.Add(intent with { Slot = start / SlotSize });
            }
        }

        return intents;
    }

    /// <summary>Takes away the file of a process that has ended.</summary>
    public static void Delete(string database, string instance)
    {
        try
        {
            File.Delete(PathOf(database, instance));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It stays behind, and nobody asks for it any more.
        }
    }

    /// <summary>Closes it; the file stays for whoever settles what it names.</summary>
    public void Dispose()
    {
        _view.Dispose();
        _file.Dispose();
        _json.Dispose();
    }

    private void Write(int slot) => _view.WriteArray((long)slot * SlotSize, _slot, 0, SlotSize);

    private static string PathOf(string database, string instance) => $"{database}.calls-{instance}";
}
