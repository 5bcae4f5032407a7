namespace Wye.Providers;

public class OpenAiProviderContractTests : ProviderContract
{
    public override string Dialect => "openai";

    public override string Reply =>
        """{"choices":[{"message":{"role":"assistant","content":"Hello"},"finish_reason":"stop"}]}""";

    public override IReadOnlyList<string> Events =>
        [
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"role\":\"assistant\"}}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"Hello\"}}]}\n\n",
            "data: {\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n",
            "data: [DONE]\n\n",
        ];

    public override string ErrorEvent => "data: {\"error\":{\"message\":\"boom\",\"type\":\"server_error\"}}\n\n";

    public override string Request(bool stream) =>
        $$"""{"model":"auto","stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"Hi"}]}""";
}
