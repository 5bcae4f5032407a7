using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Wye.Simulator;

/// <summary>A hash that is the same on every run and machine: the source of all simulated chance.</summary>
internal static class StableHash
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    public static ulong Of(ulong seed, ReadOnlySpan<byte> bytes)
    {
        var state = Mix(seed ^ ((ulong)bytes.Length * Golden));
        while (bytes.Length >= sizeof(ulong))
        {
            state = Mix(state ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        ulong tail = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            tail |= (ulong)bytes[i] << (8 * i);
        }

        return Mix(state ^ tail);
    }

    public static ulong Of(ulong seed, string text) => Of(seed, MemoryMarshal.AsBytes(text.AsSpan()));

    /// <summary>The finaliser of splitmix64 (Steele, Lea, Flood 2014) over the next state.</summary>
    public static ulong Mix(ulong value)
    {
        value += Golden;
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
        return value ^ (value >> 31);
    }

    /// <summary>Uniform in [0, 1), from the upper 53 bits.</summary>
    public static double Unit(ulong hash) => (hash >> 11) * (1.0 / (1UL << 53));

    /// <summary>Uniform in [0, <paramref name="count"/>).</summary>
    public static int Pick(ulong hash, int count) => (int)(((UInt128)hash * (ulong)count) >> 64);
}
