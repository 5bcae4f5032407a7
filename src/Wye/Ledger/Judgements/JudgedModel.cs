using Wye.Primitives;

namespace Wye.Ledger.Judgements;

/// <summary>How a model's answers were judged.</summary>
/// <param name="Model">The model.</param>
/// <param name="Count">Judgements.</param>
/// <param name="Mean">Mean score, 0..1.</param>
/// <param name="Expecting">Those of answers that the learned router had an expectation of.</param>
public sealed record JudgedModel(ModelId Model, long Count, double Mean, long Expecting);
