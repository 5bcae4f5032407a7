namespace Wye.Dialects.Recordings;

/// <summary>One stream as a provider may send it, made and not recorded, and what it says.</summary>
/// <param name="Name">Dialect, shape and way of writing.</param>
/// <param name="Dialect">What it is written in.</param>
/// <param name="Bytes">As it arrives.</param>
/// <param name="Relayed">As a caller of the same dialect gets it.</param>
/// <param name="Said">What it says.</param>
internal sealed record Recording(string Name, string Dialect, byte[] Bytes, byte[] Relayed, RecordedAnswer Said);
