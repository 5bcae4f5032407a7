using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Wye.Signals.Features;

/// <summary>Splits a folded text into words, numbers and signs, and adds their 1- and 2-grams.</summary>
/// <remarks>A small number is a word of its own; of a longer one only the length is kept.</remarks>
[StructLayout(LayoutKind.Auto)]
internal readonly struct WordReader(uint seed, float weight)
{
    private const uint Prime = 16777619;
    private const byte Letter = 1;
    private const byte Digit = 2;

    // Plain punctuation says little; signs of mathematics and code are words of their own.
    private const byte Sign = 4;
    private static readonly byte[] s_classes = [.. Enumerable.Range(0, 256).Select(c => ClassOf((byte)c))];

    /// <summary>Adds the grams of a text that is not the user's.</summary>
    public void Read(FoldedText text, FeatureVector vector)
    {
        var ignored = new ScalarCounter();
        Read(text, vector, ref ignored);
    }

    /// <summary>Adds the grams, and counts what the scalar features need.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Read(FoldedText text, FeatureVector vector, ref ScalarCounter scalars)
    {
        ReadOnlySpan<byte> bytes = text.WithMargin;
        ReadOnlySpan<byte> classes = s_classes;
        uint[] grams = vector.Grams;
        uint previous = 0;
        int count = 0;
        // The text ends with a space, so that a run does too.
        for (int i = FoldedText.Margin; i < bytes.Length; )
        {
            byte kind = classes[bytes[i]];
            uint hash;
            if ((kind & (Letter | Digit)) != 0)
            {
                int start = i;
                hash = seed;
                do hash = (hash ^ bytes[i++]) * Prime;
                while (classes[bytes[i]] == kind);
                hash = kind == Letter ? Mix(hash) : HashOfNumber(hash, i - start);
                if (kind == Letter)
                    scalars.Word(i - start, hash);
                else
                    scalars.Number(bytes, start, i - start);
            }
            else
            {
                byte c = bytes[i];
                scalars.Sign(bytes, i++);
                if (kind != Sign)
                    continue;
                hash = Mix((seed ^ c) * Prime);
            }

            grams[count++] = Gram(hash);
            if (previous != 0)
                grams[count++] = Gram(Mix((previous * 31) + hash));
            previous = hash;
            if (count > grams.Length - 2)
            {
                vector.Add(grams.AsSpan(0, count), weight);
                count = 0;
            }
        }

        vector.Add(grams.AsSpan(0, count), weight);
    }

    /// <summary>Word hash as the reader computes it for a user turn; for word lists and tests.</summary>
    public static uint HashOf(ReadOnlySpan<byte> lowerWord, uint seed)
    {
        uint hash = seed;
        foreach (byte c in lowerWord)
            hash = (hash ^ c) * Prime;
        return Mix(hash);
    }

    private uint HashOfNumber(uint hash, int digits) =>
        digits > 2 ? Mix(((seed ^ (uint)('0' + Math.Min(digits, 6))) * Prime) ^ 0x5bd1e995) : Mix(hash);

    private static byte ClassOf(byte c) =>
        c switch
        {
            >= (byte)'0' and <= (byte)'9' => Digit,
            (>= (byte)'a' and <= (byte)'z') or >= 0x80 => Letter,
            (byte)' ' or (byte)'.' or (byte)',' or (byte)'"' or (byte)'\'' or (byte)'-' or (byte)'(' or (byte)')' => 0,
            _ => Sign,
        };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Gram(uint hash) => hash & (0x8000_0000 | (FeatureLayout.WordBuckets - 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Mix(uint h)
    {
        h ^= h >> 16;
        h *= 0x85ebca6b;
        h ^= h >> 13;
        h *= 0xc2b2ae35;
        h ^= h >> 16;
        return h;
    }
}
