using System.Diagnostics.CodeAnalysis;
using Wye.Chat;
using Wye.Chat.Bodies;

namespace Wye.Dialects.Requests;

/// <summary>What a dialect adds to the one pass over a request's body. Every step returns false once an error is found.</summary>
/// <typeparam name="TSelf">The dialect's scan.</typeparam>
internal interface IRequestScan<TSelf>
    where TSelf : struct, IRequestScan<TSelf>, allows ref struct
{
    /// <summary>A scan of a body, at its beginning.</summary>
    static abstract TSelf Of(ReadOnlyMemory<byte> body);

    /// <summary>What a body must hold, for messages: <c>'model' and 'messages'</c>.</summary>
    static abstract string Needs { get; }

    /// <summary>What every dialect needs of the scan.</summary>
    [UnscopedRef]
    ref BodyScan Scan { get; }

    /// <summary>Number of a top-level member, by which duplicates are seen: 2..63; <see cref="RequestReader.Unknown"/> or <see cref="RequestReader.Refused"/>.</summary>
    int KeyOf(ReadOnlySpan<byte> name);

    /// <summary>Reads the value the reader stands on and leaves the reader at its end.</summary>
    bool ScanValue(int key);

    /// <summary>Hears where a value stands that was read.</summary>
    void EndMember(int key, ByteRange value);

    /// <summary>Looks for what is missing, once the whole body is read.</summary>
    bool End();

    /// <summary>The request.</summary>
    ChatRequest Build(CallerHints hints);
}
