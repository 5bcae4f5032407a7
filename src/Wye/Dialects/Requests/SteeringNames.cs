namespace Wye.Dialects.Requests;

/// <summary>Members that no caller may send: by them other gateways let a caller choose where a provider key goes, who pays, or what is faked.</summary>
internal static class SteeringNames
{
    /// <summary>Whether the name is one of them.</summary>
    public static bool Has(ReadOnlySpan<byte> name) =>
        name.StartsWith("mock_"u8)
        || name.StartsWith("aws_"u8)
        || name.StartsWith("vertex_"u8)
        || name.StartsWith("azure_"u8)
        || name.SequenceEqual("api_base"u8)
        || name.SequenceEqual("base_url"u8)
        || name.SequenceEqual("api_key"u8)
        || name.SequenceEqual("api_version"u8)
        || name.SequenceEqual("custom_llm_provider"u8)
        || name.SequenceEqual("extra_headers"u8)
        || name.SequenceEqual("extra_body"u8)
        || name.SequenceEqual("model_list"u8)
        || name.SequenceEqual("fallbacks"u8)
        || name.SequenceEqual("context_window_fallbacks"u8)
        || name.SequenceEqual("content_policy_fallbacks"u8);
}
