using Wye.Primitives;

namespace Wye.Sessions;

/// <summary>One conversation of one key. Two keys never share a session, whatever ids they send: the key is part of it.</summary>
/// <param name="Key">The key the conversation came with.</param>
/// <param name="Conversation">A hash (XXH128) of its id or its beginning, another one in each process; no text is kept.</param>
public readonly record struct SessionKey(KeyId Key, UInt128 Conversation);
