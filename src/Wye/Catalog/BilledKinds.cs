namespace Wye.Catalog;

/// <summary>What a call may be billed for besides text of the standard tier: only that raises what is held for it.</summary>
[Flags]
public enum BilledKinds
{
    /// <summary>Text, images and the usual cache.</summary>
    Plain = 0,

    /// <summary>Sound, in or out.</summary>
    Sound = 1,

    /// <summary>Writes to the cache for an hour.</summary>
    HourCache = 2,

    /// <summary>Another service tier than the standard one.</summary>
    OtherTiers = 4,

    /// <summary>Whatever has a price.</summary>
    All = Sound | HourCache | OtherTiers,
}
