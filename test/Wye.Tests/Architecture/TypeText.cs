using System.Reflection;

namespace Wye.Architecture;

/// <summary>A type's name as C# writes it, without namespaces.</summary>
internal static class TypeText
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(void)] = "void",
        [typeof(bool)] = "bool",
        [typeof(byte)] = "byte",
        [typeof(char)] = "char",
        [typeof(decimal)] = "decimal",
        [typeof(double)] = "double",
        [typeof(float)] = "float",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(short)] = "short",
        [typeof(object)] = "object",
        [typeof(string)] = "string",
    };

    public static string Of(Type type, NullabilityInfo? nullability = null)
    {
        if (type.IsByRef)
        {
            return Of(type.GetElementType()!, nullability?.ElementType ?? nullability);
        }

        var mark =
            nullability is { ReadState: NullabilityState.Nullable } && !type.IsValueType && !type.IsGenericParameter
                ? "?"
                : "";
        if (type.IsArray)
        {
            return Of(type.GetElementType()!, nullability?.ElementType) + "[]" + mark;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        if (Keywords.TryGetValue(type, out var keyword))
        {
            return keyword + mark;
        }

        return Name(type, nullability) + mark;
    }

    private static string Name(Type type, NullabilityInfo? nullability)
    {
        var name = type.Name.Split('`')[0];
        if (type.IsGenericParameter || !type.IsGenericType)
        {
            return type is { IsNested: true, IsGenericParameter: false } ? $"{Of(type.DeclaringType!)}.{name}" : name;
        }

        var arguments = type.GetGenericArguments();
        var inner = nullability?.GenericTypeArguments;
        return name
            + "<"
            + string.Join(
                ", ",
                arguments.Select((argument, i) => Of(argument, inner is not null && i < inner.Length ? inner[i] : null))
            )
            + ">";
    }
}
