using System.CommandLine;
using System.Globalization;
using Wye.Catalog;
using Wye.Chat;
using Wye.Learning.Reading;
using Wye.Primitives;
using Wye.Providers;

namespace Wye.Cli.Learning;

/// <summary><c>wye embed</c>: asks an embedding model for vectors of the questions of labelled sets.</summary>
internal static class EmbedCommand
{
    private const string DefaultUrl = "https://api.openai.com/v1";
    private const string DefaultKey = "OPENAI_API_KEY";
    private const int MostParallel = 64;
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(10);

    public static Command Create(CliContext context)
    {
        var data = LearningOptions.Data();
        var model = new Option<string>("--model")
        {
            Description = "Name of the embedding model, as its server knows it.",
            Required = true,
        };
        var url = new Option<string>("--url")
        {
            Description = "Server that speaks OpenAI's /v1/embeddings, e.g. http://localhost:11434/v1.",
            DefaultValueFactory = _ => DefaultUrl,
        };
        var key = new Option<string?>("--key-env")
        {
            Description =
                $"Environment variable with the server's key (default: {DefaultKey} for {DefaultUrl}, else none).",
            HelpName = "NAME",
        };
        var dimensions = new Option<int?>("--dimensions")
        {
            Description = "Length to ask for, where the model can be shortened; 256 is plenty.",
        };
        var parallel = new Option<int>("--parallel")
        {
            Description = "Requests at once.",
            DefaultValueFactory = _ => 4,
        };
        var output = new Option<string>("--out")
        {
            Description = "File of vectors to write, or to go on with.",
            HelpName = "FILE",
            Required = true,
        };
        var command = new Command(
            "embed",
            "Get outside embeddings of labelled questions, for 'wye train --embeddings'."
        )
        {
            data,
            model,
            url,
            key,
            dimensions,
            parallel,
            output,
        };
        command.SetAction(
            async (parsed, cancellationToken) =>
            {
                if (parsed.GetValue(parallel) is < 1 or > MostParallel)
                    throw new CliFailureException($"--parallel lies in 1..{MostParallel}.", ExitCodes.Usage);
                if (parsed.GetValue(dimensions) is < 1 or > VectorFile.MostDimensions)
                    throw new CliFailureException(
                        $"--dimensions lies in 1..{VectorFile.MostDimensions}.",
                        ExitCodes.Usage
                    );
                LabelledSet[] sets = LearningOptions.Sets(context, parsed.GetValue(data)!);
                string[] texts =
                [
                    .. sets.SelectMany(set => set.Queries)
                        .Select(query => query.Prompt)
                        .Distinct(StringComparer.Ordinal),
                ];
                string name = parsed.GetValue(model)!;
                string file = OutputFile.Check(context, parsed.GetValue(output)!);
                ProviderEndpoint endpoint = Endpoint(context, parsed.GetValue(url)!, parsed.GetValue(key));
                using var transport = ProviderTransport.Create(ConnectTimeout);
                int? asked = parsed.GetValue(dimensions);
                var run = new EmbedRun(
                    context,
                    new OpenAiEmbeddingsEncoder(
                        endpoint,
                        name,
                        asked,
                        asksLength: asked is not null,
                        Timeout,
                        transport,
                        context.Time
                    ),
                    file,
                    shortened: asked is not null,
                    endpoint.Provider.BaseUrl.GetLeftPart(UriPartial.Path),
                    text => Place(sets, text)
                );
                int added = await run.RunAsync(texts, parsed.GetValue(parallel), cancellationToken);
                context.Terminal.Line(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{file}: {texts.Length} texts have vectors of {name}, {added} of them new; {new FileInfo(file).Length / 1e6:F1} MB"
                    )
                );
                return ExitCodes.Ok;
            }
        );
        return command;
    }

    private static string Place(LabelledSet[] sets, string text)
    {
        var (name, id) = sets.SelectMany(set =>
                set.Queries.Where(query => query.Prompt == text).Select(query => (set.Name, query.Id))
            )
            .First();
        return $"query_id '{id}' of '{name}'";
    }

    private static ProviderEndpoint Endpoint(CliContext context, string url, string? keyVariable)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out Uri? address) || address.Scheme is not ("http" or "https"))
            throw new CliFailureException(
                $"'{url}' is no address. Write --url as an absolute http or https address.",
                ExitCodes.Usage
            );
        keyVariable ??= url == DefaultUrl ? DefaultKey : null;
        string? value = keyVariable is null ? null : context.Environment(keyVariable);
        if (keyVariable is not null && string.IsNullOrEmpty(value))
            throw new CliFailureException(
                $"The environment variable {keyVariable} is not set. Set it to the server's key, or name another server with --url.",
                ExitCodes.Usage
            );
        return new ProviderEndpoint
        {
            Provider = new Provider
            {
                Id = new ProviderId("encoder"),
                Dialect = DialectId.OpenAi.Name,
                BaseUrl = address,
            },
            Key = value is null ? null : new Secret(value),
            ConnectTimeout = ConnectTimeout,
        };
    }
}
