using Wye.Catalog;
using Wye.Primitives;

namespace Wye.Sqlite.Calls;

/// <summary>A call that was opened without a transaction.</summary>
/// <param name="Request">Its request.</param>
/// <param name="Number">Number within the request.</param>
/// <param name="At">When it was opened.</param>
/// <param name="Price">What it is counted with; null = unknown.</param>
/// <param name="Amount">What is held for it.</param>
/// <param name="Accounts">Numbers of the accounts that hold it, parted by spaces; empty = none.</param>
/// <param name="Slot">Where its intent stands.</param>
internal sealed record OpenedCall(
    RequestId Request,
    int Number,
    DateTimeOffset At,
    PriceFacts? Price,
    Usd Amount,
    string Accounts,
    int Slot
);
