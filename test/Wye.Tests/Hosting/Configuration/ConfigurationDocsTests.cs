using System.Reflection;
using System.Text;
using Wye.Hosting.Configuration.Routes;
using Wye.Yaml;

namespace Wye.Hosting.Configuration;

public sealed class ConfigurationDocsTests
{
    private static readonly Type[] Records =
    [
        typeof(WyeConfig),
        typeof(ProviderConfig),
        typeof(ModelConfig),
        typeof(DeploymentConfig),
        typeof(PriceConfig),
        typeof(TierConfig),
        typeof(RouteConfig),
        typeof(RuleConfig),
        typeof(TimeoutsConfig),
        typeof(HealthConfig),
        typeof(ServerConfig),
        typeof(StoreConfig),
        typeof(BudgetConfig),
    ];

    /// <summary>Members that are no key of the file.</summary>
    private static readonly string[] NotWritten =
    [
        "positions",
        "json_schemas",
        "key_is_literal",
        "never_retires",
        "free",
    ];

    [Fact]
    public void EveryKeyOfTheFile_IsInTheDocumentation()
    {
        var docs = File.ReadAllText(Path.Combine(Repository.Root, "docs", "configuration.md"));
        var words = docs.Split([.. docs.Where(c => !char.IsAsciiLetterOrDigit(c) && c != '_').Distinct()])
            .ToHashSet(StringComparer.Ordinal);

        foreach (var record in Records)
        {
            foreach (var property in record.GetProperties(BindingFlags.Public | BindingFlags.Instance))
            {
                var key = Snake(property.Name);
                (NotWritten.Contains(key, StringComparer.Ordinal) || words.Contains(key)).ShouldBeTrue(
                    $"{record.Name}.{property.Name}: '{key}' is not in docs/configuration.md"
                );
            }
        }
    }

    private static string Snake(string name)
    {
        var snake = new StringBuilder();
        foreach (var c in name)
        {
            snake.Append(char.IsUpper(c) && snake.Length > 0 ? "_" : "").Append(char.ToLowerInvariant(c));
        }

        return snake.ToString();
    }
}
