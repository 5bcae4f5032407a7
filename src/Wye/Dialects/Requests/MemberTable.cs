using System.Text;
using Wye.Chat;
using Wye.Chat.Bodies;
using Wye.Dialects.Text;

namespace Wye.Dialects.Requests;

/// <summary>The top-level members that a dialect reads, by name. Members that steer the gateway are refused in every dialect.</summary>
/// <typeparam name="TKey">The dialect's names; its default is a member that is not read.</typeparam>
/// <remarks>Built once per dialect; immutable.</remarks>
internal sealed class MemberTable<TKey>
    where TKey : struct, Enum
{
    private readonly (byte[] Name, TKey Key)[][] _byLength;
    private readonly TKey _refused;

    /// <summary>Indexes the members by the length of their name.</summary>
    public MemberTable(TKey refused, params (string Name, TKey Key)[] members)
    {
        _refused = refused;
        _byLength = new (byte[], TKey)[members.Max(member => member.Name.Length) + 1][];
        for (var length = 0; length < _byLength.Length; length++)
        {
            _byLength[length] =
            [
                .. members
                    .Where(member => member.Name.Length == length)
                    .Select(member => (Encoding.UTF8.GetBytes(member.Name), member.Key)),
            ];
        }
    }

    /// <summary>The member of that name.</summary>
    /// <param name="name">The name without quotes, as it stands in the body; at most <see cref="BodyScan.MaxNameLength"/> bytes.</param>
    public TKey Of(ReadOnlySpan<byte> name) => name.Contains((byte)'\\') ? OfEscaped(name) : OfPlain(name);

    // Hardly any name is written so; apart, so that the others need no scratch.
    private TKey OfEscaped(ReadOnlySpan<byte> name)
    {
        Span<byte> scratch = stackalloc byte[BodyScan.MaxNameLength];
        return OfPlain(JsonEscapes.Plain(name, scratch));
    }

    private TKey OfPlain(ReadOnlySpan<byte> plain)
    {
        if (plain.Length < _byLength.Length)
        {
            foreach (var (known, key) in _byLength[plain.Length])
            {
                if (plain.SequenceEqual(known))
                {
                    return key;
                }
            }
        }

        return SteeringNames.Has(plain) ? _refused : default;
    }

    /// <summary>A member of a request; null = it is not there.</summary>
    public BodyField? Find(ChatRequest request, TKey key)
    {
        var body = request.Body.Span;
        foreach (var field in request.Fields)
        {
            if (EqualityComparer<TKey>.Default.Equals(Of(body.Slice(field.Name.Start + 1, field.Name.Length - 2)), key))
            {
                return field;
            }
        }

        return null;
    }
}
