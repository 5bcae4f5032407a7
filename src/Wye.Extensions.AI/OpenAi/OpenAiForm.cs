using Wye.Chat;
using Wye.Dialects;

namespace Wye.Extensions.AI.OpenAi;

/// <summary>The dialect in which chat clients are written and read.</summary>
internal static class OpenAiForm
{
    public static IDialect Of(DialectRegistry dialects) =>
        dialects.TryFind(DialectId.OpenAi.Name, out var dialect)
            ? dialect
            : throw new InvalidOperationException("The OpenAI dialect is not registered.");
}
