using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Wye.Signals.Features;

/// <summary>Hashes the character 3–5-grams of folded text, eight or four bytes at a time where the processor can.</summary>
internal static class CharGrams
{
    /// <summary>Grams that end at a byte.</summary>
    public const int PerByte = 3;

    /// <summary>Bytes before a gram's last that are read with it.</summary>
    public const int Before = 7;

    private const int Together = 8;
    private const ulong Spread = 0x9E3779B97F4A7C15UL;
    private const ulong Mixed = 0xD6E8FEB86659FD93UL;
    private const ulong Bucket = FeatureLayout.CharBuckets - 1;
    private const ulong Sign = 0x8000;

    /// <summary>The gram of that many bytes that ends at one: bucket in the low 16 bits, sign in the highest.</summary>
    /// <param name="text">Text with <see cref="Before"/> bytes before the end.</param>
    /// <param name="end">Place of the gram's last byte.</param>
    /// <param name="length">3 to 5.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint One(ReadOnlySpan<byte> text, int end, int length) =>
        Hash(BinaryPrimitives.ReadUInt64BigEndian(text[(end - Before)..]), length);

    /// <summary>The grams of 3, 4 and 5 bytes that end at each byte, as many as there is room for.</summary>
    /// <param name="text">Text with <see cref="Before"/> bytes before the first end.</param>
    /// <param name="end">Where the first three end.</param>
    /// <param name="to">Room for them.</param>
    /// <returns>How many bytes were taken: <see cref="PerByte"/> grams for each.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Fill(ReadOnlySpan<byte> text, int end, Span<uint> to)
    {
        int bytes = Math.Min(text.Length - end, to.Length / PerByte);
        int i = 0;
        if (Avx512DQ.IsSupported)
        {
            // What is loaded for eight bytes reaches one byte further than the last of them.
            for (; i <= bytes - Together && end + i + Together < text.Length; i += Together)
                Eight(text.Slice(end + i - Before, Vector128<byte>.Count), to.Slice(i * PerByte, Together * PerByte));
        }
        else if (Avx2.IsSupported)
        {
            for (; i <= bytes - (Together / 2) && end + i + Together < text.Length; i += Together / 2)
                Four(
                    text.Slice(end + i - Before, Vector128<byte>.Count),
                    to.Slice(i * PerByte, Together / 2 * PerByte)
                );
        }

        for (; i < bytes; i++)
        {
            ulong window = BinaryPrimitives.ReadUInt64BigEndian(text[(end + i - Before)..]);
            Span<uint> three = to.Slice(i * PerByte, PerByte);
            (three[0], three[1], three[2]) = (Hash(window, 3), Hash(window, 4), Hash(window, 5));
        }

        return bytes;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Eight(ReadOnlySpan<byte> text, Span<uint> to)
    {
        var bytes = Vector128.Create(text);
        var twice = Vector256.Create(bytes, bytes);
        // The eight bytes up to and with each of eight, the last lowest.
        Vector512<ulong> windows = Avx512BW
            .Shuffle(
                Vector512.Create(twice, twice),
                Vector512
                    .Create(
                        0x0001020304050607UL,
                        0x0102030405060708UL,
                        0x0203040506070809UL,
                        0x030405060708090AUL,
                        0x0405060708090A0BUL,
                        0x05060708090A0B0CUL,
                        0x060708090A0B0C0DUL,
                        0x0708090A0B0C0D0EUL
                    )
                    .AsByte()
            )
            .AsUInt64();
        var first = Vector512.Create(Hash(windows, 3), Hash(windows, 4));
        var last = Vector512.Create(Hash(windows, 5), Vector256<uint>.Zero);
        // One byte's three grams after another's: 0 to 7 are those of three bytes, 8 to 15 of four, 16 to 23 of five.
        Avx512F
            .PermuteVar16x32x2(first, Vector512.Create(0u, 8, 16, 1, 9, 17, 2, 10, 18, 3, 11, 19, 4, 12, 20, 5), last)
            .CopyTo(to);
        Avx512F
            .PermuteVar16x32x2(first, Vector512.Create(13u, 21, 6, 14, 22, 7, 15, 23, 0, 0, 0, 0, 0, 0, 0, 0), last)
            .GetLower()
            .CopyTo(to[Vector512<uint>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Four(ReadOnlySpan<byte> text, Span<uint> to)
    {
        var bytes = Vector128.Create(text);
        Vector256<ulong> windows = Avx2.Shuffle(
                Vector256.Create(bytes, bytes),
                Vector256
                    .Create(0x0001020304050607UL, 0x0102030405060708UL, 0x0203040506070809UL, 0x030405060708090AUL)
                    .AsByte()
            )
            .AsUInt64();
        Vector256<uint> first = (Hash(windows, 3) | (Hash(windows, 4) << 32)).AsUInt32();
        Vector256<uint> last = Hash(windows, 5).AsUInt32();
        // One byte's three grams after another's: those of three and four bytes stand side by side, those of five apart.
        Avx2.Blend(
                Avx2.PermuteVar8x32(first, Vector256.Create(0u, 1, 0, 2, 3, 0, 4, 5)),
                Avx2.PermuteVar8x32(last, Vector256.Create(0u, 0, 0, 0, 0, 2, 0, 0)),
                0b0010_0100
            )
            .CopyTo(to);
        Avx2.Blend(
                Avx2.PermuteVar8x32(first, Vector256.Create(0u, 6, 7, 0, 0, 0, 0, 0)),
                Avx2.PermuteVar8x32(last, Vector256.Create(4u, 0, 0, 6, 0, 0, 0, 0)),
                0b0000_1001
            )
            .GetLower()
            .CopyTo(to[Vector256<uint>.Count..]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ulong window, int length)
    {
        ulong hash = ((window & Mask(length)) + (ulong)length) * Spread;
        hash ^= hash >> 32;
        hash *= Mixed;
        return (uint)((hash >> 40) & Bucket) | (uint)((hash & Sign) << 16);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> Hash(Vector512<ulong> windows, int length)
    {
        Vector512<ulong> hash =
            ((windows & Vector512.Create(Mask(length))) + Vector512.Create((ulong)length)) * Vector512.Create(Spread);
        hash ^= hash >> 32;
        hash *= Vector512.Create(Mixed);
        return Avx512F.ConvertToVector256UInt32(
            ((hash >> 40) & Vector512.Create(Bucket)) | ((hash & Vector512.Create(Sign)) << 16)
        );
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Hash(Vector256<ulong> windows, int length)
    {
        Vector256<ulong> hash = Times(
            (windows & Vector256.Create(Mask(length))) + Vector256.Create((ulong)length),
            Spread
        );
        hash = Times(hash ^ (hash >> 32), Mixed);
        return ((hash >> 40) & Vector256.Create(Bucket)) | ((hash & Vector256.Create(Sign)) << 16);
    }

    // Without AVX-512 there is only a product of halves.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<ulong> Times(Vector256<ulong> a, ulong b)
    {
        Vector256<uint> low = Vector256.Create((ulong)(uint)b).AsUInt32();
        Vector256<uint> high = Vector256.Create(b >> 32).AsUInt32();
        Vector256<ulong> cross = Avx2.Multiply((a >> 32).AsUInt32(), low) + Avx2.Multiply(a.AsUInt32(), high);
        return Avx2.Multiply(a.AsUInt32(), low) + (cross << 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(int length) => (1UL << (8 * length)) - 1;
}
