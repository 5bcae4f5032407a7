namespace Wye.Cli.Learning;

/// <summary>One cell of the map of a model beside another.</summary>
/// <param name="Cell">Its number.</param>
/// <param name="Questions">Training questions in it.</param>
/// <param name="Words">Its typical words.</param>
/// <param name="One">Mean quality of the one.</param>
/// <param name="Other">Mean quality of the other.</param>
internal sealed record ModelMapRow(int Cell, int Questions, string Words, double One, double Other)
{
    /// <summary>How much better the one is.</summary>
    public double Difference => One - Other;
}
