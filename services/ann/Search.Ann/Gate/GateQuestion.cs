using Search.Evaluation;
using Search.Evaluation.Gate;

namespace Search.Ann.Gate;

/// <summary>Something that every picture of a catalogue can be asked without anybody having labelled it. The next one is a line in <see cref="All"/>.</summary>
/// <param name="Id">As <see cref="GateOptions.Metrics"/> names it.</param>
/// <param name="LabelOf">What a picture shows: pictures with the same label should find each other. By item, category and picture, all as numbers.</param>
/// <param name="GroupOf">What a picture never finds: itself, or everything of its item.</param>
/// <param name="Asks">Whether an item's pictures are asked.</param>
internal sealed record GateQuestion(string Id, Func<int, int, int, int> LabelOf, Func<int, int, int> GroupOf, Func<GateItem, bool> Asks)
{
    public static IReadOnlyList<GateQuestion> All { get; } =
    [
        new("category", (_, category, _) => category, (item, _) => item, item => !string.IsNullOrWhiteSpace(item.Category)),
        new("piece", (item, _, _) => item, (_, picture) => picture, item => item.Pictures.Count(picture => picture.Candidate is not null) > 1),
    ];

    public static IReadOnlyCollection<string> Ids { get; } = [.. All.Select(question => question.Id)];

    /// <summary>
    /// Asks both models. A query is an item: what its pictures got is averaged, since they are alike and count as one piece of evidence. Where everything is relevant there is nothing to find out, and no
    /// query.
    /// </summary>
    /// <param name="catalogue">Pictures that the candidate lacks are left out.</param>
    /// <param name="categoryOf">An index for each item.</param>
    /// <param name="measures">Of the answers.</param>
    /// <returns>One a measure.</returns>
    public IReadOnlyList<GateEvidence> Ask(GateCatalogue catalogue, IReadOnlyList<int> categoryOf, IReadOnlyList<Measure> measures)
    {
        var pictures = catalogue.Items.Index().SelectMany(item => item.Item.Pictures.Where(picture => picture.Candidate is not null).Select(picture => (Item: item.Index, Picture: picture))).ToArray();
        int[] labels = [.. pictures.Index().Select(picture => LabelOf(picture.Item.Item, categoryOf[picture.Item.Item], picture.Index))];
        int[] groups = [.. pictures.Index().Select(picture => GroupOf(picture.Item.Item, picture.Index))];
        int[] queries = [.. pictures.Index().Where(picture => catalogue.Items[picture.Item.Item] is { Asked: true } item && Asks(item)).Select(picture => picture.Index)];
        if (queries.Length == 0 || labels.Distinct().Count() < 2)
            return [.. measures.Select(measure => new GateEvidence($"{Id} {measure.Name}", []))];
        var production = Answers(picture => picture.Production);
        var candidate = Answers(picture => picture.Candidate!);
        var byItem = production.Answers.Zip(candidate.Answers).GroupBy(answers => pictures[queries[answers.First.Query]].Item).ToArray();
        return
        [
            .. measures.Select((measure, m) => new GateEvidence($"{Id} {measure.Name}",
                [.. byItem.Select(item => new GateCase(categoryOf[item.Key], item.Average(answers => answers.Second.Values[m]), item.Average(answers => answers.First.Values[m])))])),
        ];

        RetrievalReport Answers(Func<GatePicture, float[]> vector)
        {
            var rows = pictures.SelectMany(picture => vector(picture.Picture)).ToArray();
            var gallery = new LabelledVectors(rows.Length / pictures.Length, rows, labels, groups);
            return RetrievalEvaluator.Evaluate(new RetrievalTask(gallery.Select(queries), gallery) { Measures = measures, Shown = 1 });
        }
    }
}
