using Wye.Chat;
using Wye.Delivery.Attempts;

namespace Wye.Delivery.Walking;

/// <summary>How a walk ended.</summary>
/// <param name="Answer">The attempt whose answer the caller gets, or got a part of; null = none.</param>
/// <param name="Error">The failure; null = the answer is whole.</param>
internal readonly record struct Ending(Attempt? Answer, ChatError? Error);
