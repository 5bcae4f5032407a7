namespace Wye.Catalog;

/// <summary>What a model is asked for.</summary>
public enum ModelKind
{
    /// <summary>Chat, of any sort.</summary>
    Chat,

    /// <summary>Chat, but for one purpose (searches the web, judges safety …): used only where it is named.</summary>
    Special,

    /// <summary>Embeddings: takes no chat request.</summary>
    Embedding,
}
