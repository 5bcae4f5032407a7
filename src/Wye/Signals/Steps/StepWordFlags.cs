namespace Wye.Signals.Steps;

/// <summary>What a word does to the reading of a clause.</summary>
[Flags]
internal enum StepWordFlags
{
    None = 0,

    /// <summary>Skipped: it does not change what a phrase says.</summary>
    Stop = 1,

    /// <summary>May stand before the verb of an ask.</summary>
    Filler = 2,

    /// <summary>The same, but not as the first word of a clause ("your task is to …", not "is this …").</summary>
    LateFiller = 4,

    /// <summary>Starts a new clause.</summary>
    Joiner = 8,

    /// <summary>A noun as well: before a colon it labels material ("review: …") and is no ask.</summary>
    Noun = 16,
}
