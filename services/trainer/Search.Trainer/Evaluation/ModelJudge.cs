using Search.Evaluation;
using Search.Imaging;
using Search.Trainer.Photos;

namespace Search.Trainer.Evaluation;

/// <summary>Asks every model of one preprocessing the same questions about the same pictures.</summary>
internal sealed class ModelJudge
{
    private static readonly IReadOnlyList<Measure> s_attributeMeasures = [Measures.NdcgAt(10), Measures.NdcgAt(10, Gain.Linear)];

    private readonly PhotoSplit _split;
    private readonly ImagePreprocessing _preprocessing;
    private readonly DemoCatalogue? _demo;
    private readonly IReadOnlyList<EvaluationPicture> _photos, _views, _demoImages = [], _demoQueries = [];
    private readonly List<string> _categories;
    private readonly IReadOnlyList<string> _hashes;

    /// <param name="photos">All photos.</param>
    /// <param name="split">Which of them training never saw.</param>
    /// <param name="preprocessing">The models'.</param>
    /// <param name="demo">A catalogue with attributes; without it that question is not asked.</param>
    public ModelJudge(IReadOnlyList<PreparedPhoto> photos, PhotoSplit split, ImagePreprocessing preprocessing, DemoCatalogue? demo = null)
    {
        (_split, _preprocessing, _demo) = (split, preprocessing, demo);
        _hashes = [.. photos.Select(p => p.Photo.ContentHash)];
        _photos = [.. photos.Select(p => new EvaluationPicture(Path.GetFileName(p.Photo.Path), p.Photo.Category, p.Input))];
        (_views, CutOut) = ShopperViews.Of([.. split.HeldOut.Select(i => photos[i])], preprocessing);
        _categories = [.. _photos.Select(p => p.Category).Distinct().Order(StringComparer.Ordinal)];
        Questions = [Question.Category, Question.CategoryAmongUnseen, Question.Shopper];
        if (demo is null)
            return;
        (_demoImages, _demoQueries) = (demo.Images(preprocessing), demo.Queries(preprocessing));
        Questions = [.. Questions, Question.Attributes];
    }

    /// <summary>What is asked, in this order.</summary>
    public IReadOnlyList<Question> Questions { get; }

    public IReadOnlyList<string> Categories => _categories;

    /// <summary>Shopper views whose piece was cut out of a studio background.</summary>
    public int CutOut { get; }

    /// <summary>An index into <see cref="Categories"/>.</summary>
    public int CategoryOf(int photo) => _categories.IndexOf(_photos[photo].Category);

    /// <summary>SHA-256 of the photo's file.</summary>
    public string HashOf(int photo) => _hashes[photo];

    /// <param name="name">What tables call the model.</param>
    /// <param name="embed">Maps values [N, 3, H, W] and N to rows.</param>
    public JudgedModel Judge(string name, Func<float[], int, float[]> embed)
    {
        var rows = Rows(_photos, embed);
        var dimension = rows.Length / _photos.Count;
        var byCategory = new LabelledVectors(dimension, rows, CategoriesOf(_photos, _categories), _split.Groups);
        var (heldOut, training) = (byCategory.Select(_split.HeldOut), byCategory.Select(_split.Training));

        // Relevant is now a photo of the same piece, and no photo is taken out of the gallery: no group equals the views'.
        var pieces = new LabelledVectors(dimension, rows, _split.Groups, _split.Groups);
        int[] asked = [.. _split.HeldOut.Select(i => _split.Groups[i])], noGroup = [.. asked.Select(_ => int.MinValue)];
        var views = new LabelledVectors(dimension, Rows(_views, embed), asked, noGroup);
        List<RetrievalReport> reports =
        [
            RetrievalEvaluator.Evaluate(WithCategories(heldOut, training)),
            RetrievalEvaluator.Evaluate(WithCategories(heldOut, heldOut)),
            RetrievalEvaluator.Evaluate(new RetrievalTask(views, pieces)
            {
                Categories = new CategoryLabels(_categories, CategoriesOf(_views, _categories), CategoriesOf(_photos, _categories)),
            }),
        ];
        if (_demo is not null)
            reports.Add(Attributes(_demo, dimension, embed));
        return new JudgedModel(name, dimension, reports, rows);
    }

    /// <summary>The picture of a question's query or of a row of its gallery.</summary>
    public EvaluationPicture PictureOf(Question question, int row, bool ofQuery) => question.Id switch
    {
        _ when question == Question.Attributes => (ofQuery ? _demoQueries : _demoImages)[row],
        _ when question == Question.Shopper => (ofQuery ? _views : _photos)[row],
        _ when question == Question.Category && !ofQuery => _photos[_split.Training[row]],
        _ => _photos[_split.HeldOut[row]],
    };

    private RetrievalTask WithCategories(LabelledVectors queries, LabelledVectors gallery) =>
        new(queries, gallery) { Categories = new CategoryLabels(_categories, queries.Labels, gallery.Labels) };

    private RetrievalReport Attributes(DemoCatalogue demo, int dimension, Func<float[], int, float[]> embed)
    {
        List<string> categories = [.. demo.Items.Select(i => i.Category).Distinct()];
        int[] queryCategories = CategoriesOf(_demoQueries, categories), imageCategories = CategoriesOf(_demoImages, categories);
        // Groups are products: a query never retrieves its own, and each other one is shown once.
        var queries = new LabelledVectors(dimension, Rows(_demoQueries, embed), queryCategories, demo.QueryItems);
        var gallery = new LabelledVectors(dimension, Rows(_demoImages, embed), imageCategories, demo.ImageItems);
        return RetrievalEvaluator.Evaluate(new RetrievalTask(queries, gallery)
        {
            Grade = (query, image) => SharedAttributes.Grade(demo.Items[queries.Groups[query]].Attributes, demo.Items[gallery.Groups[image]].Attributes),
            OnePerGroup = true,
            Measures = s_attributeMeasures,
            Categories = new CategoryLabels(categories, queryCategories, imageCategories),
        });
    }

    private float[] Rows(IReadOnlyList<EvaluationPicture> pictures, Func<float[], int, float[]> embed) =>
        [.. PhotoVectors.Embed([.. pictures.Select(p => p.Input)], _preprocessing, embed).SelectMany(r => r)];

    private static int[] CategoriesOf(IReadOnlyList<EvaluationPicture> pictures, List<string> names) => [.. pictures.Select(p => names.IndexOf(p.Category))];
}
