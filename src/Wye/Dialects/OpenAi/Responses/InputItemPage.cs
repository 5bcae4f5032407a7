namespace Wye.Dialects.OpenAi.Responses;

/// <summary>Which part of a list of items is asked for.</summary>
/// <param name="Limit">Most items, from 1.</param>
/// <param name="NewestFirst">Whether the last item comes first.</param>
/// <param name="After">Id of the item before the first, in that order; null = from the start.</param>
internal sealed record InputItemPage(int Limit, bool NewestFirst, string? After);
