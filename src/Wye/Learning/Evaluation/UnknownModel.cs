using Wye.Learning.Reading;
using Wye.Routing.Errors;

namespace Wye.Learning.Evaluation;

/// <summary>Words for a model name that is not known.</summary>
internal static class UnknownModel
{
    private const int MostListed = 12;

    /// <summary>Column of a model in a set.</summary>
    /// <exception cref="InvalidDataException">The set has no answers of it; names the nearest.</exception>
    public static int Column(LabelledSet set, string model) =>
        set.IndexOf(model) is var at and >= 0 ? at : throw new InvalidDataException(Words(set, model));

    /// <summary>Complains of the first model that none of the sets has answers of; null = there is none.</summary>
    public static string? Complaint(IReadOnlyList<LabelledSet> sets, params IEnumerable<string> models)
    {
        string? missing = models.FirstOrDefault(model => sets.All(set => set.IndexOf(model) < 0));
        if (missing is null)
            return null;
        if (sets.Count == 1)
            return Words(sets[0], missing);
        string[] known = [.. sets.SelectMany(set => set.Models).Distinct(StringComparer.Ordinal)];
        return $"No set has answers of model '{missing}'. {Hint(missing, known)}";
    }

    private static string Words(LabelledSet set, string model) =>
        $"Set '{set.Name}' has no answers of model '{model}'. {Hint(model, set.Models)}";

    /// <summary>"Did you mean 'x'?", else the known names.</summary>
    public static string Hint(string model, IReadOnlyList<string> known)
    {
        var near = NameSuggestion.Nearest(model, known);
        if (near.Count > 0)
            return $"Did you mean {string.Join(" or ", near.Select(n => $"'{n}'"))}?";
        if (known.Count == 0)
            return "It has none.";
        string more = known.Count > MostListed ? $" and {known.Count - MostListed} more" : "";
        return $"It has: {string.Join(", ", known.Take(MostListed))}{more}.";
    }
}
