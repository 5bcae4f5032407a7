using Wye.Ledger;
using Wye.Primitives;

namespace Wye.Sqlite.Calls;

/// <summary>A call that was opened without a transaction.</summary>
/// <param name="Intent">The call.</param>
/// <param name="Amount">What is held for it.</param>
/// <param name="Accounts">Numbers of the accounts that hold it, parted by spaces; empty = none.</param>
/// <param name="Slot">Where its intent stands.</param>
internal sealed record OpenedCall(CallIntent Intent, Usd Amount, string Accounts, int Slot);
