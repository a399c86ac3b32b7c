using System.Globalization;
using Search.Evaluation;
using Search.Imaging;
using Search.Trainer.Photos;

namespace Search.Trainer.Evaluation;

/// <summary>Judged models as a report to read: adds pictures and maps to their figures.</summary>
internal sealed class ReportBuilder(ModelJudge judge, PhotoSplit split, ImagePreprocessing preprocessing)
{
    private const int PictureSide = 112, PictureQuality = 72, LongestName = 42;

    public EvaluationReport Build(string title, IReadOnlyList<JudgedModel> models, bool maps) => new(
        title,
        [
            ("Training photos", split.Training.Count.ToString(CultureInfo.InvariantCulture)),
            ("Held-out photos", split.HeldOut.Count.ToString(CultureInfo.InvariantCulture)),
            ("Pieces", split.Groups.Distinct().Count().ToString(CultureInfo.InvariantCulture)),
            ("Shopper views", $"{split.HeldOut.Count}, of which {judge.CutOut} cut out of a studio background; the others show the whole photo, distorted"),
            ("Dimensions", string.Join(", ", models.Select(m => $"{m.Name}: {m.Dimension}"))),
        ],
        [.. models.Select(m => m.Name)],
        [.. judge.Questions.Select((q, i) => new ReportQuestion(
            q.Id, q.Title, q.Explanation, q.Headline, q.OrderBy, [.. models.Select(m => m.Reports[i])],
            row => Picture(judge.PictureOf(q, row, ofQuery: true)), row => Picture(judge.PictureOf(q, row, ofQuery: false))))],
        maps ? [.. models.Select(Map)] : []);

    private ReportPicture Picture(EvaluationPicture picture)
    {
        using var image = RgbPicture.Decoded(picture.Input, preprocessing.Width, preprocessing.Height);
        return new ReportPicture($"{picture.Category}\n{Short(picture.Name)}", Thumbnail.Jpeg(image, PictureSide, PictureQuality));
    }

    private static string Short(string name) => name.Length <= LongestName ? name : string.Concat(name.AsSpan(0, LongestName - 1), "…");

    private EmbeddingMap Map(JudgedModel model)
    {
        // Photos that the split does not name are on neither side; they would only blur the picture of both.
        int[] shown = [.. split.Training.Concat(split.HeldOut)];
        var unseen = split.HeldOut.ToHashSet();
        var step = Math.Max(1, (shown.Length + TSne.MostPoints - 1) / TSne.MostPoints);
        shown = [.. shown.Where((_, i) => i % step == 0)];
        var rows = new float[shown.Length * model.Dimension];
        for (var i = 0; i < shown.Length; i++)
            model.PhotoVectors.Span.Slice(shown[i] * model.Dimension, model.Dimension).CopyTo(rows.AsSpan(i * model.Dimension));
        var places = TSne.Map(model.Dimension, rows);
        return new EmbeddingMap(model.Name, judge.Categories, [.. shown.Select((photo, i) => (places[i].X, places[i].Y, judge.CategoryOf(photo), unseen.Contains(photo)))]);
    }
}
