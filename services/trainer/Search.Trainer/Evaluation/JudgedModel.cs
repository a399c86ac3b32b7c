using Search.Evaluation;

namespace Search.Trainer.Evaluation;

/// <summary>One model's answers.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Dimension">Components of its vectors.</param>
/// <param name="Reports">One a question, in the judge's order.</param>
/// <param name="PhotoVectors">Its vectors of all photos, for maps.</param>
internal sealed record JudgedModel(string Name, int Dimension, IReadOnlyList<RetrievalReport> Reports, ReadOnlyMemory<float> PhotoVectors);
