namespace Wye.Signals.Features;

public sealed class CharGramsTests
{
    [Fact]
    public void Fill_OfAnyLength_GivesTheGramsOneByOne()
    {
        var random = new Random(3);
        byte[] text = new byte[CharGrams.Before + 40];
        random.NextBytes(text);
        for (int bytes = 0; bytes <= 40; bytes++)
        {
            ReadOnlySpan<byte> part = text.AsSpan(0, CharGrams.Before + bytes);
            uint[] expected = Expected(part, CharGrams.Before, bytes);
            uint[] grams = new uint[expected.Length + 2];

            CharGrams.Fill(part, CharGrams.Before, grams).ShouldBe(bytes);

            grams.ShouldBe([.. expected, 0, 0]);
        }
    }

    [Fact]
    public void Fill_WithLessRoomThanText_TakesWholeBytesOnly()
    {
        byte[] text = [.. Enumerable.Range(60, 60).Select(b => (byte)b)];
        for (int room = 0; room < 60; room++)
        {
            uint[] grams = new uint[room];

            CharGrams.Fill(text, 10, grams).ShouldBe(room / CharGrams.PerByte);

            grams.ShouldBe([.. Expected(text, 10, room / CharGrams.PerByte), .. new uint[room % CharGrams.PerByte]]);
        }
    }

    private static uint[] Expected(ReadOnlySpan<byte> text, int first, int bytes)
    {
        List<uint> grams = [];
        for (int end = first; end < first + bytes; end++)
        {
            for (int length = 3; length <= 5; length++)
                grams.Add(CharGrams.One(text, end, length));
        }

        return [.. grams];
    }
}
