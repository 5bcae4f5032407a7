namespace Wye.Ledger.Judgements;

/// <summary>Judgements of one model's answers in one cell, added up.</summary>
/// <param name="Basis">What was expected rests on; see <see cref="QualityExpectation.Basis"/>.</param>
/// <param name="Model">The model.</param>
/// <param name="Cell">The cell.</param>
/// <param name="Count">Judgements.</param>
/// <param name="Missed">Sum of <see cref="Judgement.Missed"/>, in millionths.</param>
public sealed record JudgementSum(string Basis, string Model, int Cell, int Count, long Missed);
