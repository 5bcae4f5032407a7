using System.Buffers.Binary;

namespace Wye.Simulator.Wire.Anthropic;

/// <summary>Signs thinking, so that a gateway that alters it on the way back is found out.</summary>
internal static class ThinkingSignature
{
    private const int Bytes = 48;
    private const ulong Key = 0x7468696E6B696E67;

    public static string Of(ReadOnlySpan<byte> thinking)
    {
        Span<byte> signature = stackalloc byte[Bytes];
        var state = StableHash.Of(Key, thinking);
        for (var i = 0; i < Bytes; i += sizeof(ulong))
        {
            BinaryPrimitives.WriteUInt64LittleEndian(signature[i..], state);
            state = StableHash.Mix(state);
        }

        return Convert.ToBase64String(signature);
    }
}
