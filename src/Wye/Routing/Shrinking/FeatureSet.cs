using System.Collections.Immutable;
using Wye.Catalog;
using Wye.Routing.Plans;

namespace Wye.Routing.Shrinking;

/// <summary>What is left of a route for requests that demand the same capabilities.</summary>
internal sealed class FeatureSet
{
    // Direct-mapped: a bounded memory of recent request sizes; a clash only costs making the set anew.
    private const int Slots = 256;
    private readonly Slot?[] _slots = new Slot?[Slots];

    public FeatureSet(CompiledRoute route, Capabilities needed)
    {
        var left = new List<CompiledModel>(route.Models.Length);
        var removals = ImmutableArray.CreateBuilder<Removal>();
        removals.AddRange(route.Removals);
        foreach (var model in route.Models)
        {
            var missing = FeatureDemand.MissingOf(model, needed);
            if (missing == Capabilities.None)
            {
                left.Add(model);
            }
            else
            {
                var reason = FeatureDemand.Lack(missing);
                removals.Add(new Removal(model.Model.Id, null, reason) { Cause = RemovalCause.Capability });
            }
        }

        Models = [.. left];
        Removals = removals.ToImmutable();
        Strong =
            route.Strong is { } strong && FeatureDemand.MissingOf(strong, needed) == Capabilities.None ? strong : null;
        LeastContext = Models.Length == 0 ? 0 : Models.Min(model => model.Model.ContextTokens);
        LeastOutput = Models.Length == 0 ? 0 : Models.Min(model => model.Model.MaxOutputTokens);
        Selectable = Models.Count(model => !model.Spare);
    }

    public CompiledModel[] Models { get; }

    public ImmutableArray<Removal> Removals { get; }

    /// <summary>The configured strong model when it is no candidate of the route; null = it is one, or none.</summary>
    public CompiledModel? Strong { get; }

    /// <summary>The smallest context window, in tokens.</summary>
    public int LeastContext { get; }

    /// <summary>The smallest output limit, in tokens.</summary>
    public int LeastOutput { get; }

    /// <summary>How many of <see cref="Models"/>, from the first, are chosen among.</summary>
    public int Selectable { get; }

    /// <summary>The whole set for a request of this size, when an equal one came before; null = make it.</summary>
    public CandidateSet? Recall(in Demand demand)
    {
        var slot = Volatile.Read(ref _slots[SlotOf(demand)]);
        return
            slot is not null
            && slot.PromptTokens == demand.PromptTokens
            && slot.OutputTokens == demand.OutputTokens
            && slot.MaxOutputTokens == demand.MaxOutputTokens
            ? slot.Set
            : null;
    }

    /// <summary>The shortest time until a cooling deployment may be tried; null = none cools down.</summary>
    public TimeSpan? CooldownLeft()
    {
        TimeSpan? least = null;
        foreach (var model in Models)
        {
            foreach (var state in model.States)
            {
                var left = state.CooldownLeft;
                least = left > TimeSpan.Zero && !(left >= least) ? left : least;
            }
        }

        return least;
    }

    /// <summary>Keeps a set from which nothing was removed but by <see cref="Removals"/>.</summary>
    public void Keep(in Demand demand, CandidateSet set) =>
        Volatile.Write(
            ref _slots[SlotOf(demand)],
            new Slot(demand.PromptTokens, demand.OutputTokens, demand.MaxOutputTokens, set)
        );

    private static int SlotOf(in Demand demand) =>
        (int)((uint)HashCode.Combine(demand.PromptTokens, demand.OutputTokens) % Slots);

    private sealed record Slot(int PromptTokens, int OutputTokens, int? MaxOutputTokens, CandidateSet Set);
}
