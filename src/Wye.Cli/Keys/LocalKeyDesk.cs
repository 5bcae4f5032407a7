using System.Text.Json;
using Wye.Access;
using Wye.Access.Desk;
using Wye.Access.Secrets;
using Wye.Cli.Configuration;
using Wye.Gateway.Keys;
using Wye.Sqlite;

namespace Wye.Cli.Keys;

/// <summary>Administers the keys in the store of a data folder, whether a gateway runs on it or not.</summary>
internal sealed class LocalKeyDesk : IKeyDesk
{
    private readonly SqliteKeyStore _store;
    private readonly KeyApi _api;

    private LocalKeyDesk(SqliteKeyStore store, KeyApi api)
    {
        _store = store;
        _api = api;
    }

    /// <summary>Opens the store.</summary>
    /// <exception cref="CliFailureException">There is none, or it cannot be used.</exception>
    public static async Task<LocalKeyDesk> OpenAsync(
        CliContext context,
        string folder,
        string? namedConfig,
        CancellationToken cancellationToken
    )
    {
        var path = EffectiveConfig.StorePath(context, folder, namedConfig);
        if (!File.Exists(path))
        {
            throw new CliFailureException(
                $"There is no store '{path}'. Run 'wye serve' once, name its folder with --data, or a running gateway with --url."
            );
        }

        try
        {
            var hasher = KeyHasher.LoadOrCreate(Path.Combine(folder, "pepper"));
            var store = SqliteKeyStore.Open(new SqliteOptions { Path = path });
            var ring = new KeyRing(store, hasher, context.Time);
            await ring.LoadAsync(cancellationToken);
            return new LocalKeyDesk(store, new KeyApi(new KeyDesk(ring, store, context.Time), ring, context.Time));
        }
        catch (Exception fault) when (fault is SqliteStoreException or AccessUnavailableException)
        {
            throw new CliFailureException(fault.Message);
        }
    }

    /// <inheritdoc/>
    public async Task<JsonDocument> DoAsync(
        KeyAction action,
        string id,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    )
    {
        KeyAnswer answer;
        try
        {
            answer = await AnswerAsync(action, id, body, cancellationToken);
        }
        catch (AccessUnavailableException fault)
        {
            throw new CliFailureException(fault.Message);
        }

        return answer.Error is { } wrong
            ? throw new CliFailureException(wrong.Message)
            : JsonDocument.Parse(answer.Json);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private async Task<KeyAnswer> AnswerAsync(
        KeyAction action,
        string id,
        ReadOnlyMemory<byte> body,
        CancellationToken cancellationToken
    ) =>
        action switch
        {
            KeyAction.List => _api.List(),
            KeyAction.Show => _api.Show(id),
            KeyAction.Create => await _api.CreateAsync(KeyActor.Local, body, cancellationToken),
            KeyAction.Update => await _api.UpdateAsync(KeyActor.Local, id, body, cancellationToken),
            KeyAction.Block => await _api.BlockAsync(KeyActor.Local, id, blocked: true, cancellationToken),
            KeyAction.Unblock => await _api.BlockAsync(KeyActor.Local, id, blocked: false, cancellationToken),
            KeyAction.Rotate => await _api.RotateAsync(KeyActor.Local, id, body, cancellationToken),
            _ => await _api.DeleteAsync(KeyActor.Local, id, cancellationToken),
        };
}
