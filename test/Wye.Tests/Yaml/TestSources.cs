namespace Wye.Yaml;

/// <summary>An environment and secret files of the tests' own.</summary>
internal static class TestSources
{
    public const string KeyValue = "sk-test-0123456789";

    public static ConfigSources Usual { get; } =
        new(
            name =>
                name switch
                {
                    "OPENAI_API_KEY" or "ANTHROPIC_API_KEY" or "EU_HOST_KEY" => KeyValue,
                    "MULTILINE_KEY" => "sk-test-first\nsk-test-second",
                    "EMPTY_KEY" => "",
                    "PORT" => "4321",
                    _ => null,
                },
            path =>
                path.Replace('\\', '/') switch
                {
                    "/run/secrets/openai" => KeyValue + "\n",
                    "/run/secrets/empty" => "\n",
                    "/etc/wye/keys/openai" => KeyValue,
                    _ => null,
                }
        );
}
