namespace Search.MetricLearning.Training;

/// <summary>Chooses the photos of a batch.</summary>
internal interface IBatchSampler
{
    /// <summary>
    /// At most <paramref name="piecesPerCategory"/> pieces times the number of categories, two entries a piece, next to each other, each to be seen
    /// as another view.
    /// </summary>
    IReadOnlyList<int> Next(int piecesPerCategory);
}
