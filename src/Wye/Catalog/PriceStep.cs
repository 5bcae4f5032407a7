using Wye.Primitives;

namespace Wye.Catalog;

/// <summary>Another price for long prompts: it holds for the whole call.</summary>
/// <param name="AbovePromptTokens">The prompt has more tokens than this, cached ones included.</param>
/// <param name="Price">The price then.</param>
public sealed record PriceStep(long AbovePromptTokens, Price Price);
