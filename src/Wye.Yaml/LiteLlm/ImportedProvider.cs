using System.Collections.Immutable;

namespace Wye.Yaml.LiteLlm;

/// <summary>A provider as it is written; equal where address, key, headers and region are.</summary>
/// <param name="Name">Its name under <c>providers</c>.</param>
/// <param name="Known">Its name in the built-in table; null = it is not there.</param>
/// <param name="Lines">What is written below it, <c>key: value</c>.</param>
internal sealed record ImportedProvider(string Name, string? Known, ImmutableArray<string> Lines);
