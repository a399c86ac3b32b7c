using Search.Evaluation;

namespace Search.Trainer.Evaluation;

/// <summary>One model's results under each protocol.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Dimension">Components of its vectors.</param>
/// <param name="AgainstTraining">Category: held-out photos ask, training photos answer; a new photo against the catalogue.</param>
/// <param name="AmongHeldOut">Category: held-out photos ask each other; nothing of the gallery was trained on.</param>
/// <param name="AgainstAllOthers">Category: held-out photos ask all photos of other pieces.</param>
/// <param name="OtherViews">Piece: an augmented view of each held-out photo asks all photos, its own among them.</param>
internal sealed record JudgedModel(
    string Name,
    int Dimension,
    RetrievalReport AgainstTraining,
    RetrievalReport AmongHeldOut,
    RetrievalReport AgainstAllOthers,
    RetrievalReport OtherViews);
