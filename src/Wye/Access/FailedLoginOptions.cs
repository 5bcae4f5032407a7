namespace Wye.Access;

/// <summary>How many failed logins are answered in any 60 s.</summary>
public sealed record FailedLoginOptions
{
    /// <summary>From one address, or one IPv6 network of 64 bits; at least 1, default 30.</summary>
    public int PerAddress { get; init; } = 30;

    /// <summary>From all together; at least 1, default 1,000.</summary>
    public int InAll { get; init; } = 1_000;

    /// <summary>Addresses remembered at once; beyond it only <see cref="InAll"/> holds; default 8,192.</summary>
    public int MaxAddresses { get; init; } = 8_192;
}
