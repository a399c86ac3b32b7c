using Search.Contracts;
using Search.Contracts.Verdicts;
using Search.Evaluation;
using Search.Evaluation.Gate;
using Search.Imaging;
using Search.MetricLearning.Data;
using Search.Testing;
using Search.Trainer.Evaluation;
using Search.Trainer.Photos;

namespace Search.Trainer.Tests.Evaluation;

/// <summary>The judge on the demo's pictures, with embedders whose answers one can tell beforehand.</summary>
public sealed class ModelJudgeTests : IDisposable
{
    private static readonly string s_demo = Path.Combine(Repository.Root, "demo");
    private static readonly ImagePreprocessing s_small = new() { Width = 48, Height = 48 };

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Judge_EmbedderThatKnowsTheCategories_IsPerfectThereAndShowsCategoriesOnly()
    {
        var judge = Judge(out var photos);
        Assert.Equal(["category", "categoryAmongUnseen", "shopper", "attributes"], judge.Questions.Select(q => q.Id));
        var judged = judge.Judge("oracle", Oracle(photos));
        Assert.Equal((1, 1), (judged.Reports[0]["mAP"].Mean, judged.Reports[1]["mAP"].Mean));
        Assert.Equal([18, 18, 160], new[] { judged.Reports[0], judged.Reports[2], judged.Reports[3] }.Select(r => r.Answers.Count));
        Assert.Equal(photos.Count * judged.Dimension, judged.PhotoVectors.Length);
    }

    [Fact]
    public void Judge_EmbedderThatSeesNothing_GetsTheGallerysOrder()
    {
        var judged = Judge(out _).Judge("nothing", (_, count) => [.. Enumerable.Repeat(1f, 2 * count)]);
        Assert.All(judged.Reports[2].Answers, a => Assert.Equal(0, a.Top[0].Item));
        // One of six held-out pieces is the first photo's.
        Assert.Equal(1 / 6.0, judged.Reports[2]["R@1"].Mean, 1e-9);
        Assert.InRange(judged.Reports[3]["nDCG@10"].Mean, 0.01, 0.6);
    }

    [Fact]
    public void PictureOf_EveryAnswer_IsOfTheGradeThatWasGiven()
    {
        var judge = Judge(out _);
        var judged = judge.Judge("colours", Colours);
        var question = judge.Questions[0];
        foreach (var answer in judged.Reports[0].Answers)
            foreach (var item in answer.Top)
            {
                var same = judge.PictureOf(question, answer.Query, ofQuery: true).Category == judge.PictureOf(question, item.Item, ofQuery: false).Category;
                Assert.Equal(same ? 1 : 0, item.Grade);
            }
    }

    [Fact]
    public void Report_OfJudgedModels_HasTheirPicturesAndMaps()
    {
        var photos = Photos();
        var split = PhotoSplit.Apply(Split(photos), photos);
        var judge = new ModelJudge(photos, split, s_small, DemoCatalogue.Read(s_demo));
        var report = new ReportBuilder(judge, split, s_small).Build("Test", [judge.Judge("a", Colours), judge.Judge("b", Colours)], maps: true);
        Assert.Equal(2, report.Maps.Count);
        Assert.Equal(photos.Count, report.Maps[0].Points.Count);
        var page = HtmlReport.Write(report);
        Assert.Contains("data:image/jpeg;base64,/9j/", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Gate_OfModelsThatAnsweredTheSamePhotos_IsByPiece_AndSaysWhatItWasAskedOf()
    {
        var photos = Photos();
        var split = PhotoSplit.Apply(Split(photos), photos);
        var judge = new ModelJudge(photos, split, s_small);
        var gate = new PhotoGate(judge, split, TimeProvider.System);
        var (oracle, colours) = ((Id: new EmbeddingModelId("oracle@1.0.0+0123456789abcdef"), judge.Judge("oracle", Oracle(photos))), (new EmbeddingModelId("colours@1.0.0+0123456789abcdef"), judge.Judge("colours", Colours)));
        Assert.True(GateMetric.TryParse("category mAP, shopper R@1", PhotoGate.Questions, out var metrics, out _));
        var policy = new GatePolicy { MinQueries = 6, MinCategoryQueries = 2 };

        var same = gate.Judge(colours, colours, metrics, policy);
        Assert.Equal((VerdictOutcome.Passed, VerdictSource.Photos, 18, 54), (same.Outcome, same.Source, same.Items, same.Pictures));
        Assert.All(same.Figures, figure => Assert.Equal((6, 0.0, 0.0, 0.0), (figure.Queries, figure.Gain, figure.Low, figure.High)));
        Assert.Equal(["pendants", "rings", "watches"], same.Figures[0].Categories.Select(category => category.Category));

        // It knows the categories of photos and nothing of what shoppers send.
        Assert.True(gate.Judge(oracle, colours, [metrics[0]], policy).Admits);
        var worse = gate.Judge(colours, oracle, [metrics[0]], policy);
        Assert.Equal((VerdictOutcome.Failed, false, 1.0), (worse.Outcome, worse.Admits, worse.Figures[0].Production));
        Assert.Equal(same.DataHash, worse.DataHash);
    }

    [Fact]
    public void ShopperViews_OfOnePhoto_DoNotDependOnTheOthers()
    {
        var photos = Photos();
        var all = ShopperViews.Of(photos, s_small).Views;
        Assert.Equal(all[5].Input, ShopperViews.Of([photos[5]], s_small).Views[0].Input);
        Assert.NotEqual(photos[5].Input, all[5].Input);
    }

    public void Dispose() => _folder.Dispose();

    private ModelJudge Judge(out IReadOnlyList<PreparedPhoto> photos)
    {
        photos = Photos();
        return new ModelJudge(photos, PhotoSplit.Apply(Split(photos), photos), s_small, DemoCatalogue.Read(s_demo));
    }

    private IReadOnlyList<PreparedPhoto> Photos()
    {
        foreach (var category in new[] { "rings", "watches", "pendants" })
        {
            var target = Directory.CreateDirectory(_folder[category]).FullName;
            foreach (var file in Directory.GetFiles(Path.Combine(s_demo, "images", category)).Order(StringComparer.Ordinal).Take(18))
                File.Copy(file, Path.Combine(target, Path.GetFileName(file)), overwrite: true);
        }
        return PhotoPreparation.Prepare(_folder.Path, s_small, largeSide: null, TimeProvider.System);
    }

    /// <summary>Three views of a product are a piece; every third piece is held out.</summary>
    private static SplitManifest Split(IReadOnlyList<PreparedPhoto> photos)
    {
        IReadOnlyList<string>[] pieces = [.. photos.Select(p => p.Photo).GroupBy(p => Path.GetFileName(p.Path)[..^6], p => p.ContentHash).Select(g => (IReadOnlyList<string>)[.. g])];
        return new SplitManifest
        {
            Seed = 1, HeldOutShare = 0.33, Training = [.. pieces.Where((_, i) => i % 3 != 0)], HeldOut = [.. pieces.Where((_, i) => i % 3 == 0)],
        };
    }

    /// <summary>One direction a category for the photos that it knows, another for everything else.</summary>
    private static Func<float[], int, float[]> Oracle(IReadOnlyList<PreparedPhoto> photos)
    {
        List<string> categories = [.. photos.Select(p => p.Photo.Category).Distinct()];
        var known = new Dictionary<string, int>();
        foreach (var photo in photos)
        {
            var input = new float[s_small.ValueCount];
            ImagePreprocessor.Normalise(photo.Input, s_small, input);
            known[Key(input)] = categories.IndexOf(photo.Photo.Category);
        }
        return (input, count) =>
        {
            var rows = new float[count * 4];
            for (var n = 0; n < count; n++)
                rows[4 * n + known.GetValueOrDefault(Key(input.AsSpan(n * s_small.ValueCount, s_small.ValueCount)), 3)] = 1;
            return rows;
        };
    }

    private static string Key(ReadOnlySpan<float> input) => Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(input)));

    /// <summary>Mean colours of 6 x 6 parts.</summary>
    private static float[] Colours(float[] input, int count)
    {
        const int side = 48, part = 8, parts = side / part;
        var rows = new float[count * 3 * parts * parts];
        for (var n = 0; n < count; n++)
            for (var c = 0; c < 3; c++)
                for (var i = 0; i < side * side; i++)
                    rows[((n * 3 + c) * parts + i / side / part) * parts + i % side / part] += input[(n * 3 + c) * side * side + i];
        return rows;
    }
}
