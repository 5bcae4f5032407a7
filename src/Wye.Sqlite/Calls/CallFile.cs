using System.Buffers.Binary;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Sqlite.Calls;

/// <summary>
/// Calls of one process that need no transaction: a file beside the database, in slots of a page. A slot holds the intent of a call
/// and, once its request is finished, the request's record. It is written through memory, for a write would wait whenever the
/// system moves the file to the disk; what is in it outlives the process, as a commit does
/// (<see cref="SqliteDurability.Normal"/>). A slot is not cleared when a transaction has recorded the request: that it is
/// recorded says so. Used under the lock of its owner.
/// </summary>
internal sealed class CallFile : IDisposable
{
    private const int SlotSize = 4096;
    private const int RecordAt = 512;
    private const int LengthSize = sizeof(int);
    private const int SlotsPerPart = 256;
    private const int PartSize = SlotsPerPart * SlotSize;
    private const int MostParts = 16;

    private readonly FileStream _file;
    private readonly List<MappedPart> _parts = [];

    // The newest first: few pages are written.
    private readonly Stack<int> _free = new(SlotsPerPart);
    private int _used;

    private CallFile(FileStream file) => _file = file;

    /// <summary>Makes the file of a process; only its owner can read it.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static CallFile Create(string database, string instance)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new(new FileStream(PathOf(database, instance), options));
    }

    /// <summary>Writes the intent of a call that is about to be made.</summary>
    /// <returns>Its slot; null = there is none, or the intent is too long.</returns>
    public int? TryOpen(CallIntent intent, Usd amount, string accounts)
    {
        if (_free.Count == 0 && _used == _parts.Count * SlotsPerPart && !TryGrow())
        {
            return null;
        }

        var bytes = SlotOf(_free.Count > 0 ? _free.Peek() : _used);
        var forIntent = bytes[..RecordAt];
        // First of all, what the slot held before is no record of this call.
        SetLength(bytes[RecordAt..], 0);
        SetLength(forIntent, 0);
        Volatile.WriteBarrier();
        if (IntentCodec.Write(intent, amount, accounts, forIntent[LengthSize..]) is not { } length)
        {
            return null;
        }

        // The length last: only then it counts.
        SetLength(forIntent, length);
        return _free.Count > 0 ? _free.Pop() : _used++;
    }

    /// <summary>Writes the record of a finished request to the slot of one of its calls; false = it cannot stand there.</summary>
    public bool TryKeep(int slot, LedgerRecord record)
    {
        var forRecord = SlotOf(slot)[RecordAt..];
        if (RecordCodec.Write(record, forRecord[LengthSize..]) is not { } length)
        {
            return false;
        }

        SetLength(forRecord, length);
        return true;
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
    /// Clears slots whose requests are recorded. Retention must not delete those earlier: their calls would count again.
    /// </summary>
    public void ClearFree()
    {
        foreach (var slot in _free)
        {
            SlotOf(slot)[..RecordAt].Clear();
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
            bytes = new byte[file.Length / SlotSize * SlotSize];
            file.ReadExactly(bytes);
        }
        catch (FileNotFoundException)
        {
            return [];
        }

        var intents = new List<OrphanedIntent>();
        for (var start = 0; start < bytes.Length; start += SlotSize)
        {
            var slot = bytes.AsSpan(start, SlotSize);
            // The disk may have kept half of it when the power went: then nothing is known of the call, or that it is open.
            if (IntentOf(slot[..RecordAt]) is { } intent)
            {
                var record = RecordCodec.Read(Written(slot[RecordAt..]));
                intents.Add(
                    intent with
                    {
                        Slot = start / SlotSize,
                        Record = record?.Request.Id == intent.Request ? record : null,
                    }
                );
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
        _parts.ForEach(part => part.Dispose());
        _file.Dispose();
    }

    private bool TryGrow()
    {
        if (_parts.Count == MostParts)
        {
            return false;
        }

        try
        {
            // Written, not only lengthened: a full disk says so here, not when the memory is touched.
            var start = (long)_parts.Count * PartSize;
            RandomAccess.Write(_file.SafeFileHandle, new byte[PartSize], start);
            using var map = MemoryMappedFile.CreateFromFile(
                _file,
                mapName: null,
                capacity: 0,
                MemoryMappedFileAccess.ReadWrite,
                HandleInheritability.None,
                leaveOpen: true
            );
            _parts.Add(new MappedPart(map.CreateViewAccessor(start, PartSize)));
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The disk is full, or gone: a transaction will say so.
            return false;
        }
    }

    private Span<byte> SlotOf(int slot)
    {
        var (part, index) = Math.DivRem(slot, SlotsPerPart);
        return _parts[part].Bytes.Slice(index * SlotSize, SlotSize);
    }

    /// <summary>Sets it after everything written before: a process may be killed between any two writes.</summary>
    private static void SetLength(Span<byte> part, int length) =>
        Volatile.Write(
            ref MemoryMarshal.AsRef<int>(part[..LengthSize]),
            BitConverter.IsLittleEndian ? length : BinaryPrimitives.ReverseEndianness(length)
        );

    /// <summary>An intent; also as an earlier release left it, a JSON list up to a zero, which no length begins like.</summary>
    private static OrphanedIntent? IntentOf(ReadOnlySpan<byte> part)
    {
        if (!part.StartsWith("[["u8))
        {
            return IntentCodec.Read(Written(part));
        }

        var end = part.IndexOf((byte)0);
        return OrphanedIntent.Parse(end < 0 ? part : part[..end]);
    }

    /// <summary>What stands in a part of a slot, after its length; nothing where that is no length.</summary>
    private static ReadOnlySpan<byte> Written(ReadOnlySpan<byte> part)
    {
        var length = BinaryPrimitives.ReadInt32LittleEndian(part);
        return length < 0 || length > part.Length - LengthSize ? [] : part.Slice(LengthSize, length);
    }

    private static string PathOf(string database, string instance) => $"{database}.calls-{instance}";
}
