namespace Wye.Cli.Reports;

/// <summary>What a bill or the ledger says of one model on one day.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Model">The catalog's name where it is known, else as it stands.</param>
/// <param name="Cost">In p$.</param>
internal sealed record BillRow(DateOnly Day, string Model, Int128 Cost);
