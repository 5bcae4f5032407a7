using Wye.Access;
using Wye.Access.Secrets;
using Wye.Gateway.Faults;
using Wye.Testing;

namespace Wye.Gateway.Access;

/// <summary>
/// S02: the time a refusal takes does not tell whether the id exists. Classes are measured in turns, in random order; of each the
/// faster half counts, so that a busy machine does not show. Welch's t over that. What a first comparison tells apart, a second of
/// fresh draws must tell apart the same way: a leak is there every time, a neighbour's turn on the core is not.
/// </summary>
public sealed class KeyTimingTests
{
    private const int PerSample = 16;

    // Beyond this t a difference is no chance (the usual bound of leak tests); below this size nobody measures it over a network.
    private const double MostT = 4.5;
    private const double MostNanoseconds = 150;

    [Fact]
    public async Task RefusalsTakeTheSameTime_WhetherTheIdExistsOrNot()
    {
        var time = TimeProvider.System;
        var ring = new KeyRing(new MemoryKeyStore(), new KeyHasher(new byte[32]), time);
        var key = (await ring.CreateAsync(AccessRole.DataPlane, TestContext.Current.CancellationToken)).Reveal();
        var wrongSecret = Changed(key, key.Length - 1);
        var (wrongStart, unknown) = (Changed(key, SecretStart(key)), Changed(key, "sk-wye-".Length));
        ring.Prove(wrongSecret, out _).ShouldBe(KeyVerdict.Unknown);
        ring.Prove(unknown, out _).ShouldBe(KeyVerdict.Unknown);

        TellsApart("unknown id", () => ring.Prove(wrongSecret, out _), () => ring.Prove(unknown, out _))
            .ShouldBeFalse("an unknown id is told from a wrong secret");
        TellsApart("first letter", () => ring.Prove(wrongSecret, out _), () => ring.Prove(wrongStart, out _))
            .ShouldBeFalse("where a secret is wrong is told");
    }

    [Fact]
    public async Task Comparison_SeesACheckThatStopsEarly()
    {
        var ring = new KeyRing(new MemoryKeyStore(), new KeyHasher(new byte[32]), TimeProvider.System);
        var key = (await ring.CreateAsync(AccessRole.DataPlane, TestContext.Current.CancellationToken)).Reveal();
        var (wrong, unknown) = (Changed(key, key.Length - 1), Changed(key, "sk-wye-".Length));
        var ids = new HashSet<string>(StringComparer.Ordinal) { key[..SecretStart(key)] };

        TellsApart("stops early (deliberately broken)", () => Naive(wrong), () => Naive(unknown)).ShouldBeTrue();

        // Looks the id up first, and hashes only what it found.
        void Naive(string text)
        {
            if (ids.Contains(text[..SecretStart(text)]))
            {
                ring.Prove(text, out _);
            }
        }
    }

    private static bool TellsApart(string what, Action one, Action other)
    {
        var first = Sign(Record(what, Compare(one, other, seed: 31)));
        return first != 0 && Sign(Record(what + ", again", Compare(one, other, seed: 32))) == first;
    }

    /// <summary>Which of the two takes longer; 0 = they are not told apart.</summary>
    private static int Sign((double Nanoseconds, double T) compared) =>
        Math.Abs(compared.T) > MostT && Math.Abs(compared.Nanoseconds) > MostNanoseconds ? Math.Sign(compared.T) : 0;

    private static (double Nanoseconds, double T) Compare(Action one, Action other, int seed)
    {
        var samples = Sizes.Number("WYE_S02_SAMPLES", 4_000);
        var random = new Random(seed);
        var (first, second) = (new double[samples], new double[samples]);
        for (var i = -samples / 4; i < samples; i++)
        {
            // Both in a turn, so that a change of the machine's speed meets both.
            var swapped = random.Next(2) == 0;
            var (before, after) = swapped ? (Time(other), Time(one)) : (Time(one), Time(other));
            if (i >= 0)
            {
                (first[i], second[i]) = swapped ? (after, before) : (before, after);
            }
        }

        return Welch(Faster(first), Faster(second));
    }

    private static double Time(Action action)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; i < PerSample; i++)
        {
            action();
        }

        return TimeProvider.System.GetElapsedTime(started).TotalNanoseconds / PerSample;
    }

    private static double[] Faster(double[] samples)
    {
        Array.Sort(samples);
        return samples[..(samples.Length / 2)];
    }

    private static (double Difference, double T) Welch(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var error = (Variance(a, meanA) / a.Length) + (Variance(b, meanB) / b.Length);
        return (meanA - meanB, (meanA - meanB) / Math.Sqrt(Math.Max(error, double.Epsilon)));

        static double Variance(double[] values, double mean) =>
            values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }

    private static (double Nanoseconds, double T) Record(string what, (double Nanoseconds, double T) compared)
    {
        Sizes.Record(
            "S02",
            ("what", what),
            ("difference_ns", Math.Round(Math.Abs(compared.Nanoseconds), 1)),
            ("welch_t", Math.Round(Math.Abs(compared.T), 1))
        );
        return compared;
    }

    private static int SecretStart(string key) => key.Length - ApiKeyFormat.SecretLength;

    private static string Changed(string key, int at) =>
        string.Concat(key.AsSpan(0, at), key[at] == 'b' ? "c" : "b", key.AsSpan(at + 1));
}
