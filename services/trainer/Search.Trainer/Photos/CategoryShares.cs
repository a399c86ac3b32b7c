namespace Search.Trainer.Photos;

/// <summary>How much of a batch each category gets.</summary>
internal static class CategoryShares
{
    /// <summary>Of each category, its pieces against the largest category's, to a power: 1 for all at 0, in proportion at 1.</summary>
    /// <param name="photos">Category and piece of every photo.</param>
    /// <param name="sizeExponent">0 to 1.</param>
    public static IReadOnlyDictionary<string, double> Of(IEnumerable<(string Category, int Piece)> photos, double sizeExponent)
    {
        var sizes = photos.Distinct().CountBy(photo => photo.Category).ToDictionary();
        return sizes.ToDictionary(size => size.Key, size => Math.Pow((double)size.Value / sizes.Values.Max(), sizeExponent));
    }
}
