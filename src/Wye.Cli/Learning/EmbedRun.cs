using System.Globalization;
using System.Numerics.Tensors;
using System.Text;
using Wye.Chat.Prompts;
using Wye.Learning.Reading;
using Wye.Quality.Heads;

namespace Wye.Cli.Learning;

/// <summary>Fills a file of vectors: what it holds already is not asked for again, what was got stays whatever fails.</summary>
/// <param name="context">Clock and terminal.</param>
/// <param name="encoder">Whom to ask.</param>
/// <param name="file">The file.</param>
/// <param name="shortened">Whether the length is asked for.</param>
/// <param name="server">Where it is asked, for complaints.</param>
/// <param name="place">Names the question a text stands in, for complaints.</param>
internal sealed class EmbedRun(
    CliContext context,
    IPromptEncoder encoder,
    string file,
    bool shortened,
    string server,
    Func<string, string> place
)
{
    /// <summary>Tries per text after the first text of a run.</summary>
    public const int Tries = 5;

    // Twenty lines at most where there is no bar.
    private const int Steps = 20;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);

    /// <summary>Asks for what is missing.</summary>
    /// <returns>How many vectors were added.</returns>
    public async Task<int> RunAsync(IReadOnlyList<string> texts, int parallel, CancellationToken cancellationToken)
    {
        // A first text alone: of a new file it tells the length, and what it meets is mostly wrong for all.
        ExternalEncoder? held = LearningOptions.Guarded(() => VectorFile.Peek(file));
        ReadOnlyMemory<float> told = default;
        if (held is null)
        {
            told = await FirstAsync(texts[0], cancellationToken);
            CheckUsable(texts[0], told);
        }

        using VectorFile vectors = LearningOptions.Guarded(() =>
            VectorFile.Open(file, new ExternalEncoder(encoder.Name, held?.Dimensions ?? told.Length, shortened))
        );
        int before = vectors.Count;
        if (held is null)
            Keep(vectors, texts[0], told);
        string[] missing = [.. texts.Where(text => !vectors.Holds(text))];
        if (held is not null && missing is [var next, .. var others])
        {
            Keep(vectors, next, await FirstAsync(next, cancellationToken));
            missing = others;
        }

        if (missing.Length > 0)
            await AskAsync(vectors, missing, parallel, cancellationToken);
        return vectors.Count - before;
    }

    private Task AskAsync(VectorFile vectors, string[] missing, int parallel, CancellationToken cancellationToken)
    {
        int steps = Math.Min(Steps, missing.Length);
        return LearningProgress.RunAsync(
            context,
            steps,
            async step =>
            {
                var gate = new Lock();
                int done = 0;
                await Parallel.ForEachAsync(
                    missing,
                    new ParallelOptions { MaxDegreeOfParallelism = parallel, CancellationToken = cancellationToken },
                    async (text, stop) =>
                    {
                        ReadOnlyMemory<float> vector = await PatientAsync(text, vectors, stop);
                        lock (gate)
                        {
                            Keep(vectors, text, vector);
                            done++;
                            if (done * steps / missing.Length > (done - 1) * steps / missing.Length)
                                step(
                                    string.Create(
                                        CultureInfo.InvariantCulture,
                                        $"{done} of {missing.Length} texts embedded"
                                    )
                                );
                        }
                    }
                );
                return true;
            }
        );
    }

    private void Keep(VectorFile vectors, string text, ReadOnlyMemory<float> vector)
    {
        if (vector.Length != vectors.Encoder.Dimensions)
            throw new CliFailureException(
                $"{encoder.Name} gave {vector.Length} numbers where '{file}' holds vectors of {vectors.Encoder.Dimensions}. Name another --out, or the model that it was begun with."
            );
        CheckUsable(text, vector);
        vectors.Add(text, vector.Span);
    }

    // Learned from, it would say that all such questions are alike.
    private void CheckUsable(string text, ReadOnlyMemory<float> vector)
    {
        if (vector.Length > 0 && !VectorFile.IsUsable(vector.Span))
            throw new CliFailureException(
                $"{encoder.Name} at {server} gave {(TensorPrimitives.IsFiniteAll(vector.Span) ? "nothing but zeros" : "numbers that are not finite")} for {place(text)}. Nothing can be learned from that: check what the server runs, or name another --model."
            );
    }

    private async Task<ReadOnlyMemory<float>> FirstAsync(string text, CancellationToken cancellationToken)
    {
        PromptVector vector = await encoder.EncodeAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
        return vector.Failure is { } why
            ? throw new CliFailureException(
                $"No vector was got: {why}. Check --url, --model, --dimensions and the key."
            )
            : vector.Values;
    }

    private async Task<ReadOnlyMemory<float>> PatientAsync(
        string text,
        VectorFile vectors,
        CancellationToken cancellationToken
    )
    {
        TimeSpan pause = FirstPause;
        for (int tried = 1; ; tried++)
        {
            PromptVector vector = await encoder.EncodeAsync(Encoding.UTF8.GetBytes(text), cancellationToken);
            if (vector.Failure is not { } why)
                return vector.Values;
            if (tried == Tries)
                throw new CliFailureException(
                    $"{why}, {Tries} times in a row. {vectors.Count} vectors are kept in '{file}'; the same command goes on from there."
                );
            await Task.Delay(pause, context.Time, cancellationToken);
            pause *= 2;
        }
    }
}
