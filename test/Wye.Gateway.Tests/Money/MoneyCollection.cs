namespace Wye.Gateway.Money;

/// <summary>Checks that start processes run one after another.</summary>
[CollectionDefinition(nameof(MoneyCollection), DisableParallelization = true)]
public sealed class MoneyCollection;
