using System.Buffers.Binary;
using System.Text;

namespace Wye.Sqlite.Calls;

/// <summary>Reads what <see cref="FieldWriter"/> wrote.</summary>
/// <param name="bytes">All of it; every method throws <see cref="InvalidDataException"/> when something else stands there.</param>
internal ref struct FieldReader(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public long Number()
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var part = Take(1)[0];
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return (long)(value >> 1) ^ -(long)(value & 1);
            }
        }

        throw new InvalidDataException("A number has no end.");
    }

    public bool Flag() => Number() != 0;

    public double Real() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    public long? OptionalNumber() => Flag() ? Number() : null;

    public double? OptionalReal() => Flag() ? Real() : null;

    public DateTimeOffset Moment() => new(Number(), new TimeSpan(Number()));

    /// <summary>Null = none, or a name that is not known here.</summary>
    public T? Name<T>()
        where T : struct, Enum => Enum.TryParse<T>(Text(), out var value) ? value : null;

    public string? Text()
    {
        var length = Number();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    public string Required() => Text() ?? throw new InvalidDataException("A text is missing.");

    public ReadOnlySpan<byte> Bytes() => Take(Number());

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > _rest.Length)
        {
            throw new InvalidDataException("The fields end too early.");
        }

        var taken = _rest[..(int)length];
        _rest = _rest[(int)length..];
        return taken;
    }
}
