using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Wye.Architecture;

/// <summary>A member as C# writes it.</summary>
internal static class MemberText
{
    private static readonly NullabilityInfoContext Nullability = new();
    private static readonly Lock Gate = new();

    public static string Of(FieldInfo field)
    {
        var kind =
            field.IsLiteral ? "const "
            : field.IsStatic ? "static readonly "
            : field.IsInitOnly ? "readonly "
            : "";
        var value = field.IsLiteral ? " = " + Literal(field.GetRawConstantValue()) : "";
        return $"{kind}{TypeText.Of(field.FieldType, Read(() => Nullability.Create(field)))} {field.Name}{value}";
    }

    public static string Of(PropertyInfo property)
    {
        var getter = property.GetMethod is { } get && (get.IsPublic || get.IsFamily) ? " get;" : "";
        var setter =
            property.SetMethod is { } set && (set.IsPublic || set.IsFamily) ? (IsInit(set) ? " init;" : " set;") : "";
        var required = property.IsDefined(typeof(RequiredMemberAttribute), false) ? "required " : "";
        var any = property.GetMethod ?? property.SetMethod!;
        var name = property.GetIndexParameters() is { Length: > 0 } index
            ? $"this[{string.Join(", ", index.Select(Of))}]"
            : property.Name;
        var type = TypeText.Of(property.PropertyType, Read(() => Nullability.Create(property)));
        return $"{Modifiers(any)}{required}{type} {name} {{{getter}{setter} }}";
    }

    public static string Of(MethodInfo method)
    {
        var generics = method.IsGenericMethod
            ? "<" + string.Join(", ", method.GetGenericArguments().Select(one => one.Name)) + ">"
            : "";
        var extension = method.IsDefined(typeof(ExtensionAttribute), false) ? "this " : "";
        var type = TypeText.Of(method.ReturnType, Read(() => Nullability.Create(method.ReturnParameter)));
        return $"{Modifiers(method)}{type} {method.Name}{generics}({extension}{Parameters(method)})";
    }

    public static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(Of));

    public static string Access(MethodBase method) => method.IsPublic ? "" : "protected ";

    private static string Of(ParameterInfo parameter)
    {
        var direction =
            parameter.IsOut ? "out "
            : parameter.ParameterType.IsByRef ? (parameter.IsIn ? "in " : "ref ")
            : "";
        var type = TypeText.Of(parameter.ParameterType, Read(() => Nullability.Create(parameter)));
        var value = parameter.HasDefaultValue ? " = " + Literal(parameter.DefaultValue) : "";
        return $"{direction}{type} {parameter.Name}{value}";
    }

    private static string Modifiers(MethodBase method)
    {
        var kind =
            method.IsStatic ? "static "
            : method.DeclaringType!.IsInterface ? ""
            : method.IsAbstract ? "abstract "
            : method is MethodInfo info && info.GetBaseDefinition() != info ? "override "
            : method is { IsVirtual: true, IsFinal: false } ? "virtual "
            : "";
        return Access(method) + kind;
    }

    private static bool IsInit(MethodInfo set) =>
        set.ReturnParameter.GetRequiredCustomModifiers().Contains(typeof(IsExternalInit));

    private static string Literal(object? value) =>
        value switch
        {
            null => "default",
            string text => $"\"{text}\"",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };

    // The context caches and is not thread-safe.
    private static NullabilityInfo Read(Func<NullabilityInfo> read)
    {
        lock (Gate)
        {
            return read();
        }
    }
}
