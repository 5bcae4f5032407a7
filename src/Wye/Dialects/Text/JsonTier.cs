using System.Text.Json;
using Wye.Primitives;

namespace Wye.Dialects.Text;

/// <summary>Reads the service tier a provider says it served. A name that is not known counts as the usual tier.</summary>
internal static class JsonTier
{
    /// <summary>Moves to the next value and reads it.</summary>
    public static ServiceTier ReadNext(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.String)
        {
            json.Skip();
            return ServiceTier.Standard;
        }

        return json.ValueTextEquals("priority"u8) ? ServiceTier.Priority
            : json.ValueTextEquals("flex"u8) ? ServiceTier.Flex
            : json.ValueTextEquals("batch"u8) ? ServiceTier.Batch
            : ServiceTier.Standard;
    }
}
