namespace Wye.Signals.Features.Plain;

/// <summary>Splits a folded byte stream into words, numbers and signs, and adds their 1- and 2-grams.</summary>
internal struct PlainWords
{
    private const uint Prime = 16777619;
    private readonly uint _seed;
    private readonly float _weight;
    private uint _hash;
    private uint _previous;
    private int _length;
    private int _digits;

    public PlainWords(uint seed, float weight)
    {
        _seed = seed;
        _weight = weight;
        _hash = seed;
    }

    /// <summary>Takes the next folded byte; a space ends the text's last word.</summary>
    public void Next(byte c, PlainVector vector, ref PlainScalars scalars)
    {
        bool digit = c is >= (byte)'0' and <= (byte)'9';
        bool letter = c is (>= (byte)'a' and <= (byte)'z') or >= 0x80;
        if (digit)
        {
            if (_length > 0 && _digits == 0)
                End(vector, ref scalars);
            _digits++;
            _length++;
            // A small number is a word of its own; of a longer one only the length is kept.
            _hash = (_hash ^ c) * Prime;
            return;
        }

        if (letter)
        {
            if (_digits > 0)
                End(vector, ref scalars);
            _hash = (_hash ^ c) * Prime;
            _length++;
            return;
        }

        if (_length > 0)
            End(vector, ref scalars);
        // Plain punctuation says little; signs of mathematics and code are words of their own.
        if (
            c
            is not (
                (byte)' '
                or (byte)'.'
                or (byte)','
                or (byte)'"'
                or (byte)'\''
                or (byte)'-'
                or (byte)'('
                or (byte)')'
            )
        )
            Emit(Mix((_seed ^ c) * Prime), vector);
    }

    private void End(PlainVector vector, ref PlainScalars scalars)
    {
        uint hash = _digits > 2 ? Mix((_seed ^ (uint)('0' + Math.Min(_digits, 6))) * Prime ^ 0x5bd1e995) : Mix(_hash);
        scalars.Word(_length, _digits, hash);
        Emit(hash, vector);
        _hash = _seed;
        _length = 0;
        _digits = 0;
    }

    private void Emit(uint hash, PlainVector vector)
    {
        AddHash(hash, vector);
        if (_previous != 0)
            AddHash(Mix(_previous * 31 + hash), vector);
        _previous = hash;
    }

    private readonly void AddHash(uint hash, PlainVector vector) =>
        vector.Add((int)(hash % FeatureLayout.WordBuckets), (hash >> 31) == 0 ? _weight : -_weight);

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
