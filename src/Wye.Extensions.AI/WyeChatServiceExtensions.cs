using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Wye.Chat;
using Wye.Dialects;
using Wye.Extensions.AI.OpenAi;
using Wye.Extensions.AI.Providers;
using Wye.Hosting;
using Wye.Primitives;

namespace Wye.Extensions.AI;

/// <summary>Wye and <see cref="IChatClient"/>s in one host.</summary>
public static class WyeChatServiceExtensions
{
    /// <summary>Makes Wye the host's <see cref="IChatClient"/>; Wye itself is added with <c>AddWye…</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="options">Default route and key; null = defaults.</param>
    public static IServiceCollection AddWyeChatClient(
        this IServiceCollection services,
        WyeChatClientOptions? options = null
    ) =>
        services
            .AddSingleton(options ?? new WyeChatClientOptions())
            .AddSingleton<WyeChatClient>()
            .AddSingleton<IChatClient>(at => at.GetRequiredService<WyeChatClient>());

    /// <summary>Makes a chat client a provider: deployments of <paramref name="name"/> are called through it.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="name">Its name in the configuration, where its dialect is <c>in-process</c>.</param>
    /// <param name="client">The client; stays its owner's. <c>ChatOptions.ModelId</c> of its calls is the deployment's model.</param>
    /// <param name="classify">
    /// Makes a failure of what the client threw, so that fallback and cooldown know it; null or a null answer = by the
    /// exception's type and HTTP status.
    /// </param>
    public static IServiceCollection AddWyeProvider(
        this IServiceCollection services,
        string name,
        IChatClient client,
        Func<Exception, ChatError?>? classify = null
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        return services.AddWyeProvider(name, _ => client, classify);
    }

    /// <summary>As the other, with a client made from the host's services, once.</summary>
    public static IServiceCollection AddWyeProvider(
        this IServiceCollection services,
        string name,
        Func<IServiceProvider, IChatClient> client,
        Func<Exception, ChatError?>? classify = null
    )
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrEmpty(name);
        return services.AddSingleton(at =>
        {
            var (made, time) = (client(at), at.GetRequiredService<TimeProvider>());
            var dialect = OpenAiForm.Of(at.GetRequiredService<DialectRegistry>());
            return new InProcessProvider(
                new ProviderId(name),
                deployment => new ChatClientModel(made, deployment, dialect, time, classify)
            );
        });
    }
}
