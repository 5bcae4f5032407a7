using System.Reflection;

namespace Wye.Architecture;

/// <summary>The first line of a type: modifiers, kind, name, what it implements.</summary>
internal static class TypeHead
{
    public static string Of(Type type)
    {
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            var invoke = type.GetMethod("Invoke")!;
            return $"delegate {TypeText.Of(invoke.ReturnType)} {TypeText.Of(type)}({MemberText.Parameters(invoke)})";
        }

        var bases = Bases(type).Order(StringComparer.Ordinal).ToList();
        var suffix = bases.Count == 0 ? "" : " : " + string.Join(", ", bases);
        return Kind(type) + " " + TypeText.Of(type) + suffix;
    }

    private static string Kind(Type type)
    {
        if (type.IsInterface)
        {
            return "interface";
        }

        if (type.IsEnum)
        {
            return type.IsDefined(typeof(FlagsAttribute), false) ? "flags enum" : "enum";
        }

        var record = type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.NonPublic) is null
            ? ""
            : "record ";
        if (type.IsValueType)
        {
            var readOnly = type.IsDefined(typeof(System.Runtime.CompilerServices.IsReadOnlyAttribute), false);
            return (readOnly ? "readonly " : "") + (type.IsByRefLike ? "ref " : "") + record + "struct";
        }

        var modifier =
            type is { IsAbstract: true, IsSealed: true } ? "static "
            : type.IsAbstract ? "abstract "
            : type.IsSealed ? "sealed "
            : "";
        return modifier + record + "class";
    }

    private static IEnumerable<string> Bases(Type type)
    {
        if (type.IsEnum)
        {
            yield break;
        }

        if (type is { IsClass: true, BaseType: { } parent } && parent != typeof(object))
        {
            yield return TypeText.Of(parent);
        }

        var inherited = type.BaseType?.GetInterfaces() ?? [];
        foreach (var one in type.GetInterfaces().Except(inherited).Where(one => one.IsVisible))
        {
            var isOwnEquality = one.IsGenericType && one.GetGenericTypeDefinition() == typeof(IEquatable<>);
            if (!isOwnEquality)
            {
                yield return TypeText.Of(one);
            }
        }
    }
}
