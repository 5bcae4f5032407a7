using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Wye.Delivery;
using Wye.Dialects;
using Wye.Health;
using Wye.Hosting.Configuration.Resolving;
using Wye.Hosting.Telemetry;
using Wye.Ledger;
using Wye.Ledger.Budgets;
using Wye.Ledger.Judgements;
using Wye.Ledger.Writing;
using Wye.Primitives.Randomness;
using Wye.Providers;
using Wye.Quality.Prior;
using Wye.Routing;
using Wye.Sessions;
using Wye.Signals;

namespace Wye.Hosting;

/// <summary>Puts the rooms together: the whole way of a request on one screen.</summary>
public static class WyeServiceCollectionExtensions
{
    /// <summary>
    /// Adds the runtime. The host adds an <see cref="ILedgerStore"/>, and may add its own <see cref="TimeProvider"/>,
    /// <see cref="IRandomSource"/>, <see cref="DeliveryOptions"/> and <see cref="IOutcomeObserver"/>s before it.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="snapshot">The configuration in force at first.</param>
    /// <param name="telemetry">What leaves the process beside answers; null = nothing.</param>
    public static IServiceCollection AddWye(
        this IServiceCollection services,
        WyeSnapshot snapshot,
        TelemetryOptions? telemetry = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(snapshot);
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<IRandomSource>(new SeededRandomSource(Environment.TickCount));
        services.AddSingleton(new LiveOutcomes());
        services.AddSingleton(at => new SnapshotStore(snapshot.With(At<LiveOutcomes>(at))));

        // down: request → signals → plan
        services.AddSingleton(DialectRegistry.BuiltIn);
        services.AddSingleton<SignalExtractor>();
        services.AddSingleton(at => new HealthRegistry(At<TimeProvider>(at), snapshot.Health, At<IRandomSource>(at)));
        services.AddSingleton(at => new SessionTable(At<TimeProvider>(at)));
        services.AddSingleton(at => new ResponseStore(At<TimeProvider>(at)));
        services.AddSingleton(_ => new DecisionCache());
        services.AddSingleton<Router>();

        // across: plan → providers
        services.AddSingleton(at => OpenProviders(snapshot, At<TimeProvider>(at), telemetry ?? new TelemetryOptions()));
        services.AddSingleton<IModelSource, ModelSource>();
        services.AddSingleton(at => new SnapshotPublisher(
            At<SnapshotStore>(at),
            At<HttpChatModelFactory>(at),
            At<HealthRegistry>(at),
            At<LiveOutcomes>(at)
        ));

        // up: settlement, then the last byte, then whoever listens
        services.AddSingleton<SoftBudgetWatch>();
        services.AddSingleton(at => new BudgetBook(At<TimeProvider>(at))
        {
            SoftLimitPassed = At<SoftBudgetWatch>(at).OnPassed,
        });
        services.AddSingleton<IBudgetKeeper>(At<BudgetBook>);
        services.AddSingleton(at => new LedgerWriter(
            At<ILedgerStore>(at),
            At<TimeProvider>(at),
            (at.GetService<LedgerWriterOptions>() ?? new()) with
            {
                Relaxed = snapshot.RelaxedLedger,
            },
            At<BudgetBook>(at)
        ));
        services.AddSingleton<WyeMetrics>();
        services.AddSingleton<IOutcomeObserver>(At<WyeMetrics>);
        services.AddSingleton<IOutcomeObserver, RequestLog>();
        services.AddSingleton<CascadeWatch>();
        services.AddSingleton<IOutcomeObserver>(At<CascadeWatch>);
        services.AddSingleton(at => new ChatDelivery(
            At<IModelSource>(at),
            At<HealthRegistry>(at),
            At<LedgerWriter>(at),
            At<TimeProvider>(at),
            At<IRandomSource>(at),
            at.GetService<DeliveryOptions>(),
            observers: at.GetServices<IOutcomeObserver>(),
            logger: at.GetService<ILogger<ChatDelivery>>(),
            sessions: At<SessionTable>(at),
            decisions: At<DecisionCache>(at)
        ));

        // later: judgements → what the learned router expects
        services.TryAddSingleton<IJudgementStore>(_ => new MemoryJudgementStore());
        services.AddSingleton<FeedbackCount>();
        services.AddSingleton(at => new FeedbackDesk(
            At<ILedgerStore>(at),
            At<IJudgementStore>(at),
            At<LiveOutcomes>(at),
            At<SnapshotStore>(at),
            At<TimeProvider>(at),
            At<FeedbackCount>(at),
            at.GetService<ILogger<FeedbackDesk>>()
        ));
        services.AddSingleton<WyeRuntime>().AddSingleton<RequestIds>();
        return services;
    }

    private static T At<T>(IServiceProvider services)
        where T : notnull => services.GetRequiredService<T>();

    private static HttpChatModelFactory OpenProviders(
        WyeSnapshot snapshot,
        TimeProvider time,
        TelemetryOptions telemetry
    )
    {
        var factory = new HttpChatModelFactory(
            DialectRegistry.BuiltIn,
            telemetry.PassTraceUpstream
                ? timeout => new HttpMessageInvoker(new TraceHeaders(ProviderTransport.Create(timeout)))
                : ProviderTransport.Create,
            time,
            ResponseBounds.Default
        );
        factory.Use(snapshot.Providers.Values);
        return factory;
    }
}
