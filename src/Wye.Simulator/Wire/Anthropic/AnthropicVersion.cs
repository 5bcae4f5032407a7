namespace Wye.Simulator.Wire.Anthropic;

/// <summary>What the <c>anthropic-version</c> header asks for (platform.claude.com/docs/en/api/versioning). Answers look the same in all.</summary>
internal enum AnthropicVersion
{
    /// <summary>2023-06-01, and 2023-01-01, which is played alike.</summary>
    Of2023,

    /// <summary>
    /// 2026-10-21: no sampling parameters, no documents in assistant messages, no citations in user messages. What official
    /// clients send from their major versions of that day on, with the key as bearer token.
    /// </summary>
    Of2026,
}
