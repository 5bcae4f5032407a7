using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace Wye.Architecture;

/// <summary>An assembly's public face as text: one line per type and member, sorted, so that a change is a diff.</summary>
internal static class PublicApiText
{
    private const BindingFlags Declared =
        BindingFlags.DeclaredOnly
        | BindingFlags.Instance
        | BindingFlags.Static
        | BindingFlags.Public
        | BindingFlags.NonPublic;

    public static string Render(Assembly assembly) => Render(assembly.GetExportedTypes());

    public static string Render(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (
            var room in types
                .GroupBy(type => type.Namespace ?? "", StringComparer.Ordinal)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            text.Append("namespace ").Append(room.Key).Append('\n');
            foreach (var type in room.OrderBy(type => type.FullName, StringComparer.Ordinal))
            {
                text.Append("  ").Append(TypeHead.Of(type)).Append('\n');
                foreach (var member in Members(type).Order(StringComparer.Ordinal))
                {
                    text.Append("    ").Append(member).Append('\n');
                }
            }
        }

        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            return [];
        }

        if (type.IsEnum)
        {
            return type.GetFields(BindingFlags.Public | BindingFlags.Static)
                .Select(field => $"{Convert.ToInt64(field.GetRawConstantValue(), null):D3} {field.Name}");
        }

        return
        [
            .. type.GetConstructors(Declared)
                .Where(IsVisible)
                .Where(constructor => !constructor.IsStatic)
                .Select(constructor => $"{MemberText.Access(constructor)}new({MemberText.Parameters(constructor)})"),
            .. type.GetFields(Declared).Where(field => field.IsPublic || field.IsFamily).Select(MemberText.Of),
            .. type.GetProperties(Declared)
                .Where(property => property.GetAccessors(nonPublic: true).Any(IsVisible))
                .Select(MemberText.Of),
            .. type.GetEvents(Declared)
                .Where(one => one.AddMethod is { } add && IsVisible(add))
                .Select(one => $"event {TypeText.Of(one.EventHandlerType!)} {one.Name}"),
            .. type.GetMethods(Declared).Where(IsVisible).Where(IsWritten).Select(MemberText.Of),
        ];
    }

    private static bool IsVisible(MethodBase method) =>
        method.IsPublic || (!method.DeclaringType!.IsSealed && (method.IsFamily || method.IsFamilyOrAssembly));

    // Accessors are shown with their property; what the compiler adds to a record is shown by the word "record".
    private static bool IsWritten(MethodInfo method) =>
        !(method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
        && !method.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false);
}
