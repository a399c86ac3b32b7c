using Search.Evaluation;

namespace Search.Trainer.Evaluation;

/// <summary>One model's results under each protocol.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Dimension">Components of its vectors.</param>
/// <param name="AgainstTraining">Held-out photos ask, training photos answer: a new photo against the catalogue.</param>
/// <param name="AmongHeldOut">Held-out photos ask each other: nothing of the gallery was trained on.</param>
/// <param name="AgainstAllOthers">Held-out photos ask all photos of other pieces.</param>
internal sealed record JudgedModel(
    string Name, int Dimension, RetrievalReport AgainstTraining, RetrievalReport AmongHeldOut, RetrievalReport AgainstAllOthers)
{
    public static JudgedModel Judge(string name, LabelledVectors all, Photos.PhotoSplit split)
    {
        var heldOut = all.Select(split.HeldOut);
        var training = all.Select(split.Training);
        return new JudgedModel(
            name,
            all.Dimension,
            RetrievalEvaluator.Evaluate(heldOut, training),
            RetrievalEvaluator.Evaluate(heldOut, heldOut),
            RetrievalEvaluator.Evaluate(heldOut, all.Select([.. split.Training, .. split.HeldOut])));
    }
}
