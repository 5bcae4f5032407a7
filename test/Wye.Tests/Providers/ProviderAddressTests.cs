using Wye.Catalog;
using Wye.Testing;

namespace Wye.Providers;

public class ProviderAddressTests
{
    [Theory]
    [InlineData("https://api.example.com/v1/", "chat/completions", "https://api.example.com/v1/chat/completions")]
    [InlineData("https://api.example.com/v1", "chat/completions", "https://api.example.com/v1/chat/completions")]
    [InlineData("http://localhost:11434", "chat", "http://localhost:11434/chat")]
    [InlineData("https://x.example/a/b/?api-version=2", "chat", "https://x.example/a/b/chat?api-version=2")]
    [InlineData("https://x.example/v1/", "a b/%2e%2e/c?d#e", "https://x.example/v1/a%20b/%252e%252e/c%3Fd%23e")]
    [InlineData("https://x.example/v1/", "a\r\nX: y", "https://x.example/v1/a%0D%0AX%3A%20y")]
    [InlineData("https://x.example/v1/", "a\\..\\b", "https://x.example/v1/a%5C..%5Cb")]
    public void Join_StaysUnderTheBase(string baseUrl, string path, string expected) =>
        ProviderAddress.Join(new Uri(baseUrl), path).AbsoluteUri.ShouldBe(expected);

    [Theory]
    [InlineData("../admin")]
    [InlineData("a/../../admin")]
    [InlineData("./a")]
    [InlineData("/a")]
    [InlineData("a//b")]
    public void Join_RefusesToClimb(string path) =>
        Should.Throw<ArgumentException>(() => ProviderAddress.Join(new Uri("https://x.example/v1/"), path));

    [Theory]
    [InlineData("file:///etc/")]
    [InlineData("ftp://x.example/")]
    public void Join_TakesHttpOnly(string baseUrl) =>
        Should.Throw<ArgumentException>(() => ProviderAddress.Join(new Uri(baseUrl), "chat"));

    [Theory]
    [InlineData("https://api.openai.com/v1/", Capabilities.Reasoning, true)]
    [InlineData("https://eu.api.openai.com/v1/", Capabilities.Reasoning, true)]
    [InlineData("https://me.openai.azure.com/openai/v1/", Capabilities.Reasoning, true)]
    [InlineData("https://api.openai.com/v1/", Capabilities.Tools, false)]
    [InlineData("https://notopenai.com/v1/", Capabilities.Reasoning, false)]
    [InlineData("http://localhost:8000/v1/", Capabilities.Reasoning, false)]
    public void Habit_OfTheNewerOutputBound_IsTheVendorsOwn(string baseUrl, Capabilities capabilities, bool expected) =>
        ProviderHabits
            .NeedsNewerOutputBound(A.HttpDeployment(new Uri(baseUrl), capabilities: capabilities))
            .ShouldBe(expected);
}
