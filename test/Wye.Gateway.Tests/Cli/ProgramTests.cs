namespace Wye.Cli;

public sealed class ProgramTests : IDisposable
{
    private readonly CliRun _run = new();

    public void Dispose() => _run.Dispose();

    [Fact]
    public async Task Help_NamesEveryCommandOnce()
    {
        (await _run.RunAsync("--help")).ShouldBe(ExitCodes.Ok);
        foreach (var command in new[] { "serve", "demo", "route", "ask", "init", "check", "models", "simulate" })
        {
            _run.Output.Split('\n')
                .Count(line => line.StartsWith($"  {command} ", StringComparison.Ordinal))
                .ShouldBe(1, command);
        }

        _run.Output.ShouldContain("wye [command] [options]");
        _run.Error.ShouldBeEmpty();
    }

    [Fact]
    public async Task UnknownCommand_IsAUsageErrorWithOneComplaint()
    {
        (await _run.RunAsync("srve")).ShouldBe(ExitCodes.Usage);
        _run.Output.ShouldBeEmpty();
        _run.Error.ReplaceLineEndings("\n")
            .ShouldBe("wye: Unrecognized command or argument 'srve'.\nTry 'wye --help'.\n");
    }

    [Fact]
    public async Task BadOptionValue_IsAUsageErrorThatNamesTheCommandsHelp()
    {
        (await _run.RunAsync("serve", "--listen", "here")).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("--listen takes an address such as http://127.0.0.1:4000, not 'here'.");
        _run.Error.ShouldContain("Try 'wye serve --help'.");
        (await _run.RunAsync("models", "compare", "gpt-4o")).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("Try 'wye models compare --help'.");
    }

    [Theory]
    [InlineData("abc", "train", "--labels", "It takes a whole number.")]
    [InlineData("-1", "train", "--seed", "It takes a whole number from 0 on.")]
    [InlineData("half", "eval", "--strong-share", "It takes a number, e.g. 0.5.")]
    public async Task OptionValueOfAnotherKind_IsComplainedOfInWords(
        string value,
        string command,
        string option,
        string words
    )
    {
        (await _run.RunAsync(command, option, value)).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain($"Cannot parse argument '{value}' for option '{option}'. {words}");
        _run.Error.ShouldNotContain("System.");
    }

    [Theory]
    [InlineData("route")]
    [InlineData("ask")]
    public async Task NoPrompt_IsAUsageErrorThatSaysWhereAPromptComesFrom(string command)
    {
        (await _run.RunAsync(command)).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("as an argument, with --file, or pipe it in");
    }

    [Fact]
    public async Task ServeWithoutAnyProvider_FailsAndSaysWhatToDo()
    {
        (await _run.RunAsync("serve", "--data", Path.Combine(_run.Folder, "data"))).ShouldBe(ExitCodes.Failed);
        _run.Error.ShouldContain("OPENAI_API_KEY");
        _run.Error.ShouldContain("wye demo");
    }

    [Fact]
    public async Task NamedConfigThatDoesNotExist_IsAUsageError()
    {
        (await _run.RunAsync("serve", "--config", "none.yaml")).ShouldBe(ExitCodes.Usage);
        _run.Error.ShouldContain("There is no file 'none.yaml'.");
    }
}
