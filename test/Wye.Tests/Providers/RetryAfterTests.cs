using System.Net.Http;

namespace Wye.Providers;

public class RetryAfterTests
{
    [Theory]
    [InlineData("retry-after: 0", 0d)]
    [InlineData("retry-after: 1", 1_000d)]
    [InlineData("retry-after: 120", 120_000d)]
    [InlineData("retry-after:  7 ", 7_000d)]
    [InlineData("retry-after: 1.5", 1_500d)]
    [InlineData("retry-after: 99999999999", 3_600_000d)]
    [InlineData("retry-after: -1", null)]
    [InlineData("retry-after: soon", null)]
    [InlineData("retry-after: ", null)]
    [InlineData("retry-after: NaN", null)]
    [InlineData("retry-after: 1e3", null)]
    [InlineData("retry-after: 1,000", null)]
    [InlineData("retry-after: 0x10", null)]
    [InlineData("retry-after: Sun, 01 Mar 2026 12:00:30 GMT", 30_000d)]
    [InlineData("retry-after: Sun, 01 Mar 2026 11:00:00 GMT", 0d)]
    [InlineData("retry-after: Mon, 02 Mar 2026 12:00:00 GMT", 3_600_000d)]
    [InlineData("retry-after: Sunday, 01-Mar-26 12:00:10 GMT", 10_000d)]
    [InlineData("retry-after: Sun Mar 1 12:00:10 2026", 10_000d)]
    [InlineData("retry-after: Sun Mar  1 12:00:10 2026", 10_000d)]
    [InlineData("retry-after: Sun, 41 Mar 2026 12:00:30 GMT", null)]
    [InlineData("retry-after-ms: 200", 200d)]
    [InlineData("retry-after-ms: 200.5", 200.5)]
    [InlineData("retry-after-ms: 0", 0d)]
    [InlineData("retry-after-ms: -5", null)]
    [InlineData("retry-after-ms: 9999999999", 3_600_000d)]
    [InlineData("x-ms-retry-after-ms: 350", 350d)]
    [InlineData("retry-after-ms: 200|retry-after: 9", 200d)]
    [InlineData("retry-after-ms: junk|retry-after: 9", 9_000d)]
    [InlineData("x-ms-retry-after-ms: 5|retry-after: 9", 5d)]
    [InlineData("x-ratelimit-reset-requests: 1s", 1_000d)]
    [InlineData("x-ratelimit-reset-tokens: 6m0s", 360_000d)]
    [InlineData("x-ratelimit-reset-tokens: 20ms", 20d)]
    [InlineData("x-ratelimit-reset-tokens: 1h2m3.5s", 3_600_000d)]
    [InlineData("x-ratelimit-reset-tokens: 1m30.5s", 90_500d)]
    [InlineData("x-ratelimit-reset-requests: 12", 12_000d)]
    [InlineData("x-ratelimit-reset-requests: 0", null)]
    [InlineData("x-ratelimit-reset-requests: 0s", null)]
    [InlineData("x-ratelimit-reset-requests: -1", null)]
    [InlineData("x-ratelimit-reset-requests: junk", null)]
    [InlineData("x-ratelimit-reset-requests: 5x", null)]
    [InlineData("x-ratelimit-reset-requests: 1s2", null)]
    [InlineData("x-ratelimit-reset-requests: s", null)]
    [InlineData("x-ratelimit-reset: 1772366405", 5_000d)]
    [InlineData("x-ratelimit-reset: 1772366405000", 5_000d)]
    [InlineData("x-ratelimit-reset: 1000000000", null)]
    [InlineData("x-ratelimit-reset: 999999999999999999999", null)]
    [InlineData("x-ratelimit-reset: 2026-03-01T12:00:08Z", 8_000d)]
    [InlineData("x-ratelimit-reset-requests: 1s|x-ratelimit-reset-tokens: 9s", 1_000d)]
    [InlineData("x-ratelimit-reset-requests: 1s|x-ratelimit-reset-tokens: 9s|x-ratelimit-remaining-tokens: 0", 9_000d)]
    [InlineData(
        "x-ratelimit-reset-requests: 1s|x-ratelimit-remaining-requests: 0|x-ratelimit-reset-tokens: 9s|x-ratelimit-remaining-tokens: 5",
        1_000d
    )]
    [InlineData("retry-after: 2|x-ratelimit-reset-tokens: 9s|x-ratelimit-remaining-tokens: 0", 2_000d)]
    [InlineData("other: 1", null)]
    public void RetryAfter_IsReadFromEveryFormInUse(string headers, double? milliseconds)
    {
        using var response = new HttpResponseMessage();
        foreach (var header in headers.Split('|'))
        {
            var (name, value) = (header[..header.IndexOf(':')], header[(header.IndexOf(':') + 1)..]);
            response.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
        }

        var read = RetryAfter.Read(response.Headers, FixedTime.Default.GetUtcNow());
        (read?.TotalMilliseconds).ShouldBe(milliseconds);
    }
}
