using System.Text;
using Wye.Chat;

namespace Wye.Dialects.OpenAi;

public class RequestCostTests
{
    /// <summary>A conversation of about the given size.</summary>
    internal static byte[] Conversation(int messages, int textBytes, bool escapes)
    {
        var body = new StringBuilder("{\"model\":\"auto\",\"temperature\":0.2,\"stream\":true,\"messages\":[");
        for (var i = 0; i < messages; i++)
        {
            var role =
                i == 0 ? "system"
                : i % 2 == 1 ? "user"
                : "assistant";
            var line = escapes ? "some words of a text\\n" : "some words of a text. ";
            body.Append(i == 0 ? "" : ",").Append("{\"role\":\"").Append(role).Append("\",\"content\":\"");
            for (var n = 0; n < textBytes; n += line.Length)
            {
                body.Append(line);
            }

            body.Append("\"}");
        }

        return Encoding.UTF8.GetBytes(body.Append("]}").ToString());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reader_AllocatesLittle_For1KB(bool escapes)
    {
        ReadOnlyMemory<byte> body = Conversation(3, 280, escapes);
        body.Length.ShouldBeInRange(900, 1200);
        AllocatedPerRead(body).ShouldBeLessThanOrEqualTo(700);
    }

    [Fact]
    public void Reader_DoesNotAllocateByTheLengthOfTexts()
    {
        var small = AllocatedPerRead(Conversation(4, 200, escapes: true));
        var large = AllocatedPerRead(Conversation(4, 200_000, escapes: true));
        // A thousandth of the text; the measurement itself moves by a few bytes.
        (large - small).ShouldBeLessThan(200);
    }

    private static long AllocatedPerRead(ReadOnlyMemory<byte> body)
    {
        // The least of several measurements: the shared pools may be trimmed during any one of them.
        const int Rounds = 200;
        var least = long.MaxValue;
        Read(body, Rounds);
        for (var i = 0; i < 5; i++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Read(body, Rounds);
            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / Rounds);
        }

        return least;
    }

    private static void Read(ReadOnlyMemory<byte> body, int rounds)
    {
        for (var i = 0; i < rounds; i++)
        {
            Wire.Dialect.TryReadRequest(body, CallerHints.None, out var request, out _).ShouldBeTrue();
            request!.Dispose();
        }
    }
}
