using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace Wye.Sqlite.Calls;

/// <summary>Writes fields one after another: whole numbers in as few bytes as they need, texts with their length.</summary>
/// <param name="bytes">Where to; what does not fit is left out and <see cref="Fits"/> says so.</param>
internal ref struct FieldWriter(Span<byte> bytes)
{
    private const int MostOfNumber = 10;

    private readonly Span<byte> _bytes = bytes;

    /// <summary>Bytes written.</summary>
    public int Length { get; private set; }

    /// <summary>Whether everything had room.</summary>
    public bool Fits { get; private set; } = true;

    public void Number(long value)
    {
        if (!HasRoom(MostOfNumber))
        {
            return;
        }

        // Small ones of either sign are short: the sign stands in the lowest bit.
        var rest = (ulong)((value << 1) ^ (value >> 63));
        while (rest >= 0x80)
        {
            _bytes[Length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _bytes[Length++] = (byte)rest;
    }

    public void Flag(bool value) => Number(value ? 1 : 0);

    public void Real(double value)
    {
        if (HasRoom(sizeof(double)))
        {
            BinaryPrimitives.WriteDoubleLittleEndian(_bytes[Length..], value);
            Length += sizeof(double);
        }
    }

    public void Optional(long? value)
    {
        Flag(value is not null);
        if (value is { } known)
        {
            Number(known);
        }
    }

    public void Optional(double? value)
    {
        Flag(value is not null);
        if (value is { } known)
        {
            Real(known);
        }
    }

    public void Moment(DateTimeOffset value)
    {
        Number(value.Ticks);
        Number(value.Offset.Ticks);
    }

    /// <summary>Names stay what they are when others are added.</summary>
    public void Name<T>(T? value)
        where T : struct, Enum => Text(value?.ToString());

    public void Text(string? value)
    {
        if (value is null)
        {
            Number(-1);
            return;
        }

        // Nearly all are ASCII: read once, for they are as long in bytes.
        var start = Length;
        Number(value.Length);
        if (HasRoom(value.Length) && Ascii.FromUtf16(value, _bytes[Length..], out var written) == OperationStatus.Done)
        {
            Length += written;
            return;
        }

        Length = start;
        var length = Encoding.UTF8.GetByteCount(value);
        Number(length);
        if (HasRoom(length))
        {
            Encoding.UTF8.GetBytes(value, _bytes[Length..]);
            Length += length;
        }
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        if (HasRoom(value.Length))
        {
            value.CopyTo(_bytes[Length..]);
            Length += value.Length;
        }
    }

    private bool HasRoom(int length)
    {
        Fits &= _bytes.Length - Length >= length;
        return Fits;
    }
}
