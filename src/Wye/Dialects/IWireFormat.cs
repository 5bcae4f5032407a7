using Wye.Chat;

namespace Wye.Dialects;

/// <summary>A wire format, on whichever side it is spoken.</summary>
public interface IWireFormat
{
    /// <summary>Its name.</summary>
    DialectId Id { get; }
}
