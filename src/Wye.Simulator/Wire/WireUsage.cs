using System.Runtime.InteropServices;

namespace Wye.Simulator.Wire;

/// <summary>Usage as a dialect reports it; counts may lie when a fault says so.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct WireUsage(long Prompt, long CacheRead, long CacheWrite, long Output, long Reasoning);
