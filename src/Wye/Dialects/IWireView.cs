using System.Text.Json;

namespace Wye.Dialects;

/// <summary>What a dialect reads of one JSON object of a provider: an event of a stream, or a whole answer.</summary>
internal interface IWireView
{
    /// <summary>Whether it says that it is an error.</summary>
    bool IsError { get; }

    /// <summary>Reads the member whose name the reader stands on, to the end of its value. May throw what the reader throws.</summary>
    void ReadMember(ref Utf8JsonReader json);
}
