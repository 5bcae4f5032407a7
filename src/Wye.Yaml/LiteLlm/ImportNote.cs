namespace Wye.Yaml.LiteLlm;

/// <summary>Something of a foreign configuration that could not be carried over as it stands. Never holds a credential.</summary>
/// <param name="Path">Where it stands, e.g. <c>model_list[2].litellm_params.max_budget</c>.</param>
/// <param name="What">Why it was left out or changed: a sentence.</param>
/// <param name="Instead">What to do instead: a sentence; empty = nothing is needed.</param>
public sealed record ImportNote(string Path, string What, string Instead)
{
    /// <summary>One line.</summary>
    public override string ToString() => $"{Path}: {What}{(Instead.Length == 0 ? "" : " " + Instead)}";
}
