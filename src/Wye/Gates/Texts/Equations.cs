namespace Wye.Gates.Texts;

/// <summary>Finds equations in a tokenised text and computes them again. Reusable; used by one flow at a time.</summary>
/// <remarks>
/// <c>a op b … = c</c>, also in chains (<c>2 * 3 = 6 + 1 = 7</c>: each sign is looked at by itself) and with units in between
/// (<c>15 floors * 8 units/floor = 120</c>). What holds a variable is no equation here.
/// </remarks>
internal sealed class Equations
{
    private const int MostEquations = 512;

    private readonly List<Equation> _found = new(capacity: 32);
    private readonly List<TextToken> _side = new(capacity: 32);

    /// <summary>The equations, in order.</summary>
    public ReadOnlySpan<Equation> All => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_found);

    /// <summary>Those that do not hold.</summary>
    public int Wrong { get; private set; }

    /// <summary>Equations that hold a variable and so were not computed.</summary>
    public int Unread { get; private set; }

    /// <summary>Finds the equations; those found before are gone.</summary>
    public void Find(ReadOnlySpan<TextToken> tokens)
    {
        _found.Clear();
        (Wrong, Unread) = (0, 0);
        for (var i = 0; i < tokens.Length && _found.Count < MostEquations; i++)
        {
            if (tokens[i].Kind == TextTokenKind.Equals)
            {
                Check(tokens, i);
            }
        }
    }

    private void Check(ReadOnlySpan<TextToken> tokens, int at)
    {
        var from = Left(tokens, at);
        var to = Right(tokens, at);
        var left = Value(tokens, from, at, out var leftWork);
        var right = Value(tokens, at + 1, to, out var rightWork);
        if (left is not { } l || right is not { } r || !(leftWork || rightWork))
        {
            Unread += left is null || right is null ? 1 : 0;
            return;
        }

        var (computed, stated) = leftWork ? (l, r) : (r, l);
        var decimals = leftWork ? DecimalsOf(tokens, at + 1, to) : DecimalsOf(tokens, from, at);
        var holds = Agree(computed, stated, decimals) || ByPercent(tokens, at, computed, stated, to);
        Wrong += holds ? 0 : 1;
        _found.Add(
            new Equation(computed, stated, holds, at) { From = leftWork ? from : at + 1, To = leftWork ? at : to }
        );
    }

    // "20 / 80 = 25 %" is read as .25, "20 / 80 * 100 = 25 %" is meant as well.
    private static bool ByPercent(ReadOnlySpan<TextToken> tokens, int at, double computed, double stated, int to)
    {
        for (var i = at + 1; i < to; i++)
        {
            if (tokens[i].Percent)
            {
                return Agree(computed, stated * 100, 0);
            }
        }

        return false;
    }

    internal static bool Agree(double computed, double stated, int decimals)
    {
        if (!double.IsFinite(computed) || !double.IsFinite(stated))
        {
            return false;
        }

        // Half a unit of the last digit shown, and what floating point and intermediate rounding add.
        var unit = 0.51 * Math.Pow(10, -Math.Min(decimals, 12));
        var off = Math.Abs(computed - stated);
        return off <= 1e-9 + (1e-9 * Math.Abs(computed))
            || (decimals > 0 && off <= unit + (5e-3 * Math.Abs(computed)))
            || (
                decimals == 0
                && off < 0.501
                && Math.Abs(computed) >= 20
                && Math.Abs(computed - Math.Round(computed)) > 1e-9
            );
    }

    private static int DecimalsOf(ReadOnlySpan<TextToken> tokens, int from, int to)
    {
        var most = 0;
        for (var i = from; i < to; i++)
        {
            most = Math.Max(
                most,
                tokens[i].Kind == TextTokenKind.Number ? tokens[i].Decimals + (tokens[i].Percent ? 2 : 0) : 0
            );
        }

        return most;
    }

    /// <summary>First token of the longest expression that ends just before <paramref name="at"/>.</summary>
    private static int Left(ReadOnlySpan<TextToken> tokens, int at)
    {
        var (i, best, depth, wantOperand) = (at - 1, at, 0, true);
        while (i >= 0)
        {
            var kind = tokens[i].Kind;
            if (kind == TextTokenKind.Word || IsUnitSlash(tokens, i))
            {
                // A unit stands behind its number: it may be passed while something must still come before it.
                if (!wantOperand || !tokens[..i].ContainsNumberNear())
                {
                    break;
                }
            }
            else if (kind == TextTokenKind.Number)
            {
                if (!wantOperand)
                {
                    break;
                }

                wantOperand = false;
                best = depth == 0 ? i : best;
            }
            else if (kind == TextTokenKind.Close)
            {
                if (!wantOperand)
                {
                    break;
                }

                depth++;
            }
            else if (kind == TextTokenKind.Open)
            {
                if (depth == 0 || wantOperand)
                {
                    break;
                }

                depth--;
                best = depth == 0 ? i : best;
            }
            else if (kind == TextTokenKind.Operator)
            {
                if (wantOperand)
                {
                    break;
                }

                wantOperand = true;
            }
            else
            {
                break;
            }

            i--;
        }

        return best;
    }

    private static bool IsUnitSlash(ReadOnlySpan<TextToken> tokens, int i) =>
        tokens[i] is { Kind: TextTokenKind.Operator, Sign: '/' }
        && i + 1 < tokens.Length
        && i > 0
        && tokens[i + 1].Kind == TextTokenKind.Word
        && tokens[i - 1].Kind == TextTokenKind.Word;

    /// <summary>Just past the longest expression that starts at <paramref name="at"/> + 1.</summary>
    private static int Right(ReadOnlySpan<TextToken> tokens, int at)
    {
        var (i, best, depth, wantOperand) = (at + 1, at + 1, 0, true);
        while (i < tokens.Length)
        {
            var kind = tokens[i].Kind;
            if (kind == TextTokenKind.Word || IsUnitSlash(tokens, i))
            {
                if (wantOperand || !UnitThenOperator(tokens, i))
                {
                    break;
                }
            }
            else if (kind == TextTokenKind.Number)
            {
                if (!wantOperand)
                {
                    break;
                }

                wantOperand = false;
                best = depth == 0 ? i + 1 : best;
            }
            else if (kind == TextTokenKind.Open)
            {
                if (!wantOperand)
                {
                    break;
                }

                depth++;
            }
            else if (kind == TextTokenKind.Close)
            {
                if (depth == 0 || wantOperand)
                {
                    break;
                }

                depth--;
                best = depth == 0 ? i + 1 : best;
            }
            else if (kind == TextTokenKind.Operator)
            {
                // A leading minus is a sign.
                if (wantOperand && !(tokens[i].Sign == '-' && i == at + 1))
                {
                    break;
                }

                wantOperand = true;
            }
            else
            {
                break;
            }

            i++;
        }

        return best;
    }

    private static bool UnitThenOperator(ReadOnlySpan<TextToken> tokens, int i)
    {
        for (var n = 0; n < 4 && i < tokens.Length; n++, i++)
        {
            if (tokens[i].Kind == TextTokenKind.Equals)
            {
                return true;
            }

            if (tokens[i].Kind == TextTokenKind.Operator && !IsUnitSlash(tokens, i))
            {
                return i + 1 < tokens.Length && tokens[i + 1].Kind is TextTokenKind.Number or TextTokenKind.Open;
            }

            if (tokens[i].Kind != TextTokenKind.Word && !IsUnitSlash(tokens, i))
            {
                return false;
            }
        }

        return false;
    }

    private double? Value(ReadOnlySpan<TextToken> tokens, int from, int to, out bool works)
    {
        works = false;
        _side.Clear();
        for (var i = from; i < to; i++)
        {
            if (tokens[i].Kind == TextTokenKind.Word || IsUnitSlash(tokens, i))
            {
                continue;
            }

            works |= tokens[i].Kind == TextTokenKind.Operator && _side.Count > 0;
            _side.Add(tokens[i]);
        }

        return _side.Count == 0
            ? null
            : Expression.Value(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_side));
    }
}
