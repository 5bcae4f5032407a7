namespace Wye.Dialects;

/// <summary>One line of the model list.</summary>
/// <param name="Id">What a client sends as <c>model</c>.</param>
/// <param name="Created">Unix time in seconds; 0 = unknown.</param>
/// <param name="OwnedBy">Who made or offers it.</param>
internal readonly record struct ListedModel(string Id, long Created, string OwnedBy);
