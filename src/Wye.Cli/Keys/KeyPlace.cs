using System.CommandLine;
using Wye.Cli.Commands;
using Wye.Cli.Gateways;

namespace Wye.Cli.Keys;

/// <summary>The options that say where the keys are: a data folder, or a running gateway.</summary>
internal sealed class KeyPlace
{
    private readonly Option<string?> _data = new("--data")
    {
        Description = $"Folder of the keys. Default: $WYE_DATA, else {ServeCommand.DefaultDataFolder}.",
        HelpName = "FOLDER",
    };

    private readonly Option<string?> _url = new("--url")
    {
        Description = "A running gateway instead of a folder (default: $WYE_BASE_URL).",
        HelpName = "URL",
    };

    private readonly Option<string?> _key = new("--key")
    {
        Description = "Admin key for --url (default: $WYE_API_KEY).",
        HelpName = "KEY",
    };

    private readonly Option<string?> _config = CommonOptions.Config();
    private readonly Option<bool> _json = CommonOptions.Json();

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_data);
        command.Add(_url);
        command.Add(_key);
        command.Add(_config);
        command.Add(_json);
    }

    /// <summary>Whether JSON was asked for.</summary>
    public bool WantsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <summary>Goes there.</summary>
    /// <exception cref="CliFailureException">There is nothing.</exception>
    public async Task<IKeyDesk> OpenAsync(CliContext context, ParseResult parsed, CancellationToken cancellationToken)
    {
        var (folder, config) = (parsed.GetValue(_data), parsed.GetValue(_config));
        var url =
            parsed.GetValue(_url) ?? (folder is null && config is null ? context.Environment("WYE_BASE_URL") : null);
        if (url is not null)
        {
            var key = parsed.GetValue(_key);
            return new RemoteKeyDesk(await GatewayConnection.OpenAsync(context, url, key, config, cancellationToken));
        }

        folder = context.Resolve(folder ?? context.Environment("WYE_DATA") ?? ServeCommand.DefaultDataFolder);
        return await LocalKeyDesk.OpenAsync(context, folder, config, cancellationToken);
    }
}
