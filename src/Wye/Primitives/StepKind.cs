namespace Wye.Primitives;

/// <summary>What a request or a workflow step does; the one list used by signals, rules, tiers, ledger and reports.</summary>
/// <remarks>On the wire and in configuration: lower case with hyphens, e.g. <c>tool-select</c>; see <see cref="StepKinds"/>.</remarks>
public enum StepKind
{
    /// <summary>Open conversation; also what is assumed when nothing more specific shows.</summary>
    Chat,

    /// <summary>Sort an input into given classes.</summary>
    Classify,

    /// <summary>Pick the next handler or branch.</summary>
    Route,

    /// <summary>Check an input against a schema or rules.</summary>
    Validate,

    /// <summary>Rewrite into a given shape without new content.</summary>
    Format,

    /// <summary>Fill a template.</summary>
    Template,

    /// <summary>Pull data out of a text.</summary>
    Extract,

    /// <summary>Shorten a text.</summary>
    Summarize,

    /// <summary>Carry a text into another language.</summary>
    Translate,

    /// <summary>Write prose or documentation.</summary>
    Write,

    /// <summary>Write or change code.</summary>
    Implement,

    /// <summary>Review text, code or a diff.</summary>
    Review,

    /// <summary>Combine several sources.</summary>
    Synthesize,

    /// <summary>Transform data or code from one form to another.</summary>
    Transform,

    /// <summary>Choose a tool and its arguments.</summary>
    ToolSelect,

    /// <summary>Check for unsafe content; never downgraded.</summary>
    Safety,

    /// <summary>Reason over several steps; mathematics, proofs, diagnosis.</summary>
    Reason,

    /// <summary>Plan a strategy of several steps.</summary>
    Plan,

    /// <summary>Judge the quality of an output.</summary>
    Judge,

    /// <summary>Break an ambiguous problem into parts.</summary>
    Decompose,

    /// <summary>Design an architecture or a system.</summary>
    Design,
}
