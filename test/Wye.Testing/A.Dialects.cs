using System.Text;
using Wye.Catalog;
using Wye.Chat;
using Wye.Primitives;
using Wye.Providers;

namespace Wye.Testing;

/// <summary>Builders for dialects and providers.</summary>
public static partial class A
{
    /// <summary>UTF-8 bytes of a text.</summary>
    public static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    /// <summary>A deployment behind an address that speaks the OpenAI dialect.</summary>
    public static Deployment HttpDeployment(
        Uri baseUrl,
        string upstreamName = "upstream-1",
        Capabilities capabilities = Capabilities.Streaming,
        string dialect = "openai"
    ) =>
        new()
        {
            Id = new DeploymentId("far/m"),
            UpstreamName = upstreamName,
            Provider = new Provider
            {
                Id = new ProviderId("far"),
                Dialect = dialect,
                BaseUrl = baseUrl,
            },
            Model = new Model
            {
                Id = new ModelId("m"),
                Maker = "maker",
                ContextTokens = 128_000,
                MaxOutputTokens = 16_000,
                Capabilities = capabilities,
                Tier = new TierName("small"),
                Source = "test",
            },
        };

    /// <summary>An endpoint for a deployment's provider.</summary>
    public static ProviderEndpoint EndpointOf(Deployment deployment, string? key = null) =>
        new() { Provider = deployment.Provider, Key = key is null ? null : new Secret(key) };

    /// <summary>A call of a request, first attempt.</summary>
    public static ChatCall CallOf(ChatRequest request, int attempt = 1) =>
        new(request, new RequestId("req_1"), attempt);
}
