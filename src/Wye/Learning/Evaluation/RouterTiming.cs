using System.Text;
using Wye.Learning.Training.Corpora;
using Wye.Quality.Heads;
using Wye.Quality.Routers;
using Wye.Signals.Features;

namespace Wye.Learning.Evaluation;

/// <summary>How long one decision takes: features, encoding and all estimates, on one thread; an outside embedding is at hand.</summary>
/// <param name="P50">Median, in microseconds.</param>
/// <param name="P99">99th percentile, in microseconds.</param>
/// <param name="Decisions">Decisions measured.</param>
internal sealed record RouterTiming(double P50, double P99, int Decisions)
{
    private const int MostPrompts = 500;
    private const int WarmUp = 300;

    /// <summary>Measures on the given prompts, each once, after warming up.</summary>
    public static RouterTiming Measure(RouterSnapshot router, Corpus corpus, int[] items, TimeProvider time)
    {
        HeadGroup group = router.Quality ?? router.Pairs[0].Group;
        (byte[] User, byte[] System, byte[] Tools, ReadOnlyMemory<float> Embedding)[] prompts =
        [
            .. items
                .Take(MostPrompts)
                .Select(corpus.Query)
                .Select(q =>
                    (
                        Encoding.UTF8.GetBytes(q.Prompt),
                        Encoding.UTF8.GetBytes(q.System),
                        Encoding.UTF8.GetBytes(q.Tools),
                        q.Embedding
                    )
                ),
        ];
        var scratch = new PromptScratch();
        float[] heads = new float[group.Heads];
        for (int i = 0; i < WarmUp; i++)
            Decide(prompts[i % prompts.Length]);
        double[] microseconds = new double[prompts.Length];
        for (int i = 0; i < prompts.Length; i++)
        {
            long started = time.GetTimestamp();
            Decide(prompts[i]);
            microseconds[i] = time.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(microseconds);
        return new RouterTiming(
            microseconds[microseconds.Length / 2],
            microseconds[Math.Min(microseconds.Length - 1, microseconds.Length * 99 / 100)],
            microseconds.Length
        );

        void Decide((byte[] User, byte[] System, byte[] Tools, ReadOnlyMemory<float> Embedding) prompt) =>
            group.Estimate(
                router.Encode(
                    new PromptText
                    {
                        User = prompt.User,
                        System = prompt.System,
                        Tools = prompt.Tools,
                    },
                    scratch,
                    prompt.Embedding.Span
                ),
                scratch.Estimates,
                heads
            );
    }
}
