namespace Wye.Simulator.Faults;

/// <summary>What goes wrong. Where a kind names a stream, a call that is not streamed gets the nearest thing, said in brackets.</summary>
public enum FaultKind
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>An error status with a body instead of an answer.</summary>
    Status,

    /// <summary>The connection is reset before a byte of the answer.</summary>
    Reset,

    /// <summary>The connection stays open and silent.</summary>
    NoHeaders,

    /// <summary>Response headers come byte by byte and never end.</summary>
    DripHeaders,

    /// <summary>The answer starts late, then is whole.</summary>
    Delay,

    /// <summary>Status 200 and half the JSON, ended properly.</summary>
    TruncatedJson,

    /// <summary>Status 200 and a body (or chunk) that is not JSON.</summary>
    InvalidJson,

    /// <summary>Status 200 and no choices at all.</summary>
    EmptyChoices,

    /// <summary>Status 200, one choice, null content, nothing else.</summary>
    NullContent,

    /// <summary>Headers and role come, then silence [headers, then silence].</summary>
    StallBeforeContent,

    /// <summary>Silence in the middle of the content [in the middle of the body].</summary>
    StallMidStream,

    /// <summary>The connection is cut without the terminating chunk [in the middle of the body].</summary>
    CutStream,

    /// <summary>The stream ends properly, but without finish reason and terminator [half the JSON].</summary>
    EndWithoutFinish,

    /// <summary>The stream ends properly after the finish reason, but without terminator [no fault].</summary>
    EndWithoutDone,

    /// <summary>The stream ends properly in the middle of a data line [half the JSON].</summary>
    HalfLine,

    /// <summary>One chunk is not JSON, then the stream ends [body is not JSON].</summary>
    MalformedChunk,

    /// <summary>One data line is huge, then the stream ends without terminator [huge white space before the JSON].</summary>
    HugeLine,

    /// <summary>An error event inside status 200, then a clean end [an error body with status 200].</summary>
    ErrorEvent,

    /// <summary>Every content chunk comes twice [no fault].</summary>
    DuplicateChunks,

    /// <summary>Content chunks swap places in pairs [no fault].</summary>
    ReorderedChunks,

    /// <summary>The answer is withheld half-way with the filter's finish reason.</summary>
    ContentFilter,

    /// <summary>Content without end until the caller leaves [a JSON string without end].</summary>
    EndlessStream,

    /// <summary>No usage where usage is due.</summary>
    UsageMissing,

    /// <summary>Usage with negative counts.</summary>
    UsageNegative,

    /// <summary>Usage of 2^53 tokens.</summary>
    UsageAbsurd,
}
