namespace Wye.Routing;

/// <summary>Keeps <c>why</c> fit for a header: printable ASCII, at most <see cref="PlanWriter.MaxWhy"/> characters.</summary>
internal static class WhyLine
{
    public static string Clean(string why)
    {
        if (why.Length <= PlanWriter.MaxWhy && !why.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return why;
        }

        return string.Create(
            Math.Min(why.Length, PlanWriter.MaxWhy),
            why,
            static (line, source) =>
            {
                for (var i = 0; i < line.Length; i++)
                {
                    line[i] = source[i] is >= ' ' and <= '~' ? source[i] : '?';
                }
            }
        );
    }
}
