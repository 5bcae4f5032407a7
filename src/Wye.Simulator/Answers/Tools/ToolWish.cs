namespace Wye.Simulator.Answers.Tools;

/// <summary>What the caller said about tools.</summary>
internal enum ToolWish
{
    /// <summary>Call one if the prompt says so.</summary>
    Auto,

    /// <summary>Call none.</summary>
    Never,

    /// <summary>Call at least one.</summary>
    Required,
}
