using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Spectre.Console;

namespace Wye.Cli.Terminals;

/// <summary>Where a command reads and writes. Rich on a terminal; plain, stable text for pipes and files.</summary>
internal sealed class Terminal(TextWriter output, TextWriter error, TextReader input)
{
    // Output for people and programs, never for a web page: quotes and umlauts stay readable.
    private static readonly JsonWriterOptions Readable = new()
    {
        Indented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private IAnsiConsole? _console;

    /// <summary>What the command is asked for.</summary>
    public TextWriter Output { get; } = output;

    /// <summary>Notices, warnings, progress.</summary>
    public TextWriter Error { get; } = error;

    /// <summary>Text piped in.</summary>
    public TextReader Input { get; } = input;

    /// <summary>Whether a person sees the output as it comes.</summary>
    public bool Rich { get; init; }

    /// <summary>Whether text is piped in.</summary>
    public bool InputPiped { get; init; }

    /// <summary>The rich face of <see cref="Output"/>.</summary>
    public IAnsiConsole Console =>
        _console ??= AnsiConsole.Create(
            new AnsiConsoleSettings
            {
                Ansi = Rich ? AnsiSupport.Detect : AnsiSupport.No,
                Interactive = Rich ? InteractionSupport.Detect : InteractionSupport.No,
                Out = new AnsiConsoleOutput(Output),
            }
        );

    /// <summary>The process's own standard streams.</summary>
    public static Terminal OfProcess() =>
        new(System.Console.Out, System.Console.Error, System.Console.In)
        {
            Rich = !System.Console.IsOutputRedirected,
            InputPiped = System.Console.IsInputRedirected,
        };

    /// <summary>A line of output.</summary>
    public void Line(string text = "") => Output.WriteLine(text);

    /// <summary>A heading over a table or block.</summary>
    public void Heading(string text)
    {
        Output.WriteLine();
        if (Rich)
        {
            Console.MarkupLineInterpolated($"[bold]{text}[/]");
        }
        else
        {
            Output.WriteLine(text);
        }
    }

    /// <summary>A line for the person at the terminal, apart from the output.</summary>
    public void Warn(string text) => Error.WriteLine(text);

    /// <summary>One indented JSON document.</summary>
    public void Json(Action<Utf8JsonWriter> write)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            write(json);
        }

        Output.WriteLine(Encoding.UTF8.GetString(buffer.WrittenSpan));
    }

    /// <summary>A table: drawn on a terminal, aligned columns otherwise.</summary>
    public void Table(TextTable table)
    {
        if (Rich)
        {
            Console.Write(table.Drawn());
        }
        else
        {
            table.WritePlain(Output);
        }
    }
}
