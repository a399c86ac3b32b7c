namespace Search.MetricLearning.Training;

/// <summary>The two entries of a piece in a batch: two of its photos where it has two.</summary>
internal static class PiecePhotos
{
    public static (int First, int Second) Draw(int[] photos, Random random)
    {
        var first = random.Next(photos.Length);
        return (photos[first], photos[(first + (photos.Length > 1 ? 1 + random.Next(photos.Length - 1) : 0)) % photos.Length]);
    }
}
