using Wye.Gates.Texts;

namespace Wye.Gates.Features;

/// <summary>Numbers of a question and of an answer, and where those of the answer come from. Reusable; used by one flow at a time.</summary>
internal sealed class FeatureScratch
{
    private const double Near = 0.006;

    /// <summary>Numbers of the question in digits; a percentage is its hundredfold.</summary>
    public List<double> Asked { get; } = new(capacity: 16);

    /// <summary>Numbers of the question in words.</summary>
    public List<double> AskedInWords { get; } = new(capacity: 16);

    /// <summary>Numbers of the answer.</summary>
    public HashSet<double> Said { get; } = new(capacity: 32);

    /// <summary>Different results of its equations, in order.</summary>
    public List<double> Results { get; } = new(capacity: 16);

    /// <summary>Numbers its equations work with.</summary>
    public HashSet<double> Operands { get; } = new(capacity: 32);

    /// <summary>Operands in all.</summary>
    public int OperandCount { get; private set; }

    /// <summary>Operands that are neither in the question nor an earlier result.</summary>
    public int Foreign { get; private set; }

    /// <summary>Operators by sign: + − × ÷.</summary>
    public int[] Operators { get; } = new int[4];

    /// <summary>Whether a result is no whole number.</summary>
    public bool HasFraction { get; private set; }

    /// <summary>Equations that only hold rounded.</summary>
    public int Rounded { get; private set; }

    /// <summary>The result the answer ends in; null = none.</summary>
    public double? Final { get; private set; }

    /// <summary>Whether a marker stands before <see cref="Final"/>.</summary>
    public bool IsMarked { get; private set; }

    /// <summary>Largest result.</summary>
    public double Largest { get; private set; }

    /// <summary>Reads both texts.</summary>
    public void Read(AnswerView view)
    {
        Clear();
        ReadQuestion(view);
        ReadAnswer(view.Tokens);
        foreach (var equation in view.Equations.All)
        {
            ReadEquation(view.Tokens, equation);
        }
    }

    /// <summary>Whether a number of the question stands in the answer, as it is, as a share, or as its inverse.</summary>
    public bool IsUsed(double number) =>
        Said.Contains(number)
        || Said.Contains(number / 100)
        || (number is > 0 and < 1 && Said.Contains(Math.Round(1 / number)));

    /// <summary>Whether two numbers are the same but for rounding.</summary>
    public static bool IsNear(double one, double other) => Math.Abs(one - other) < Near + (1e-6 * Math.Abs(one));

    private void Clear()
    {
        Asked.Clear();
        AskedInWords.Clear();
        Said.Clear();
        Results.Clear();
        Operands.Clear();
        Array.Clear(Operators);
        (OperandCount, Foreign, HasFraction, Rounded, Final, IsMarked, Largest) = (0, 0, false, 0, null, false, 0);
    }

    private void ReadQuestion(AnswerView view)
    {
        foreach (var token in view.QuestionTokens)
        {
            if (token.Kind == TextTokenKind.Number)
            {
                Asked.Add(token.Percent ? token.Value * 100 : token.Value);
            }
            else if (
                token.Kind == TextTokenKind.Word
                && NumberWords.TryGet(view.Question.Slice(token.Start, token.Length), out var value)
            )
            {
                AskedInWords.Add(value);
            }
        }
    }

    private void ReadAnswer(ReadOnlySpan<TextToken> tokens)
    {
        var (open, last) = (false, double.NaN);
        foreach (var token in tokens)
        {
            if (token.Kind == TextTokenKind.Marker)
            {
                (open, Final) = (true, null);
            }
            else if (token.Kind == TextTokenKind.Number)
            {
                Said.Add(token.Percent ? token.Value * 100 : token.Value);
                last = token.Value;
                if (open && Final is null)
                {
                    (Final, IsMarked) = (token.Value, true);
                }
            }
        }

        Final ??= double.IsNaN(last) || open ? null : last;
    }

    private void ReadEquation(ReadOnlySpan<TextToken> tokens, in Equation equation)
    {
        foreach (var token in tokens[equation.From..equation.To])
        {
            if (token.Kind == TextTokenKind.Operator)
            {
                Operators["+-*/".IndexOf(token.Sign)]++;
            }
            else if (token.Kind == TextTokenKind.Number)
            {
                var value = token.Percent ? token.Value * 100 : token.Value;
                OperandCount++;
                Operands.Add(value);
                Foreign += IsKnown(value) ? 0 : 1;
            }
        }

        Rounded += Math.Abs(equation.Computed - equation.Stated) > 1e-6 ? 1 : 0;
        HasFraction |= Math.Abs(equation.Stated - Math.Round(equation.Stated)) > 1e-9;
        Largest = Math.Max(Largest, Math.Abs(equation.Stated));
        if (!Results.Contains(equation.Stated))
        {
            Results.Add(equation.Stated);
        }
    }

    private bool IsKnown(double value)
    {
        if (value is 1 or 2 or 100 || IsAsked(Asked, value) || IsAsked(AskedInWords, value))
        {
            return true;
        }

        foreach (var result in Results)
        {
            if (IsNear(result, value))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsAsked(List<double> asked, double value)
    {
        foreach (var number in asked)
        {
            if (number == value || number == value * 100 || (number is > 0 and < 1 && Math.Round(1 / number) == value))
            {
                return true;
            }
        }

        return false;
    }
}
