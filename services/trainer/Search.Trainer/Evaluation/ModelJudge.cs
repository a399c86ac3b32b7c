using Search.Evaluation;
using Search.Imaging;
using Search.Trainer.Photos;

namespace Search.Trainer.Evaluation;

/// <summary>Asks every model the same questions about the same photos.</summary>
internal sealed class ModelJudge
{
    private readonly IReadOnlyList<PreparedPhoto> _photos;
    private readonly PhotoSplit _split;
    private readonly ImagePreprocessing _preprocessing;
    private readonly IReadOnlyList<PreparedPhoto> _views;
    private readonly int[] _categories;

    public ModelJudge(IReadOnlyList<PreparedPhoto> photos, PhotoSplit split, ImagePreprocessing preprocessing)
    {
        (_photos, _split, _preprocessing) = (photos, split, preprocessing);
        _views = AugmentedViews.Of(split.HeldOut.Select(i => photos[i]), preprocessing);
        var names = photos.Select(p => p.Photo.Category).Distinct().Order(StringComparer.Ordinal).ToList();
        _categories = [.. photos.Select(p => names.IndexOf(p.Photo.Category))];
    }

    /// <param name="name">What the table calls the model.</param>
    /// <param name="embed">Maps values [N, 3, H, W] and N to rows.</param>
    public JudgedModel Judge(string name, Func<float[], int, float[]> embed)
    {
        var rows = PhotoVectors.Embed(_photos, _preprocessing, embed);
        var views = PhotoVectors.Embed(_views, _preprocessing, embed);
        var all = Label(rows, _categories, _split.Groups);
        var (heldOut, training) = (all.Select(_split.HeldOut), all.Select(_split.Training));

        // Relevant is now a photo of the same piece, and no photo is taken out of the gallery: no group equals the views'.
        var pieces = Label(rows, _split.Groups, _split.Groups);
        var asked = _split.HeldOut.Select(i => _split.Groups[i]).ToArray();
        var viewsOfPieces = Label(views, asked, [.. asked.Select(_ => int.MinValue)]);
        return new JudgedModel(
            name,
            all.Dimension,
            RetrievalEvaluator.Evaluate(heldOut, training),
            RetrievalEvaluator.Evaluate(heldOut, heldOut),
            RetrievalEvaluator.Evaluate(heldOut, all.Select([.. _split.Training, .. _split.HeldOut])),
            RetrievalEvaluator.Evaluate(viewsOfPieces, pieces));
    }

    private static LabelledVectors Label(float[][] rows, IReadOnlyList<int> labels, IReadOnlyList<int> groups) =>
        new(rows[0].Length, rows.SelectMany(r => r).ToArray(), labels, groups);
}
