namespace Search.Trainer.Evaluation;

/// <summary>One thing that every model is asked, the same for all of them.</summary>
/// <param name="Id">Its name in JSON and in a model's card.</param>
/// <param name="Title">For people.</param>
/// <param name="Explanation">Queries, gallery and what counts as relevant.</param>
/// <param name="Headline">Measures that tables show.</param>
/// <param name="OrderBy">The measure by which queries are best or worst.</param>
internal sealed record Question(string Id, string Title, string Explanation, IReadOnlyList<string> Headline, string OrderBy)
{
    private static readonly string[] s_category = ["P@1", "P@10", "R-precision", "mAP", "nDCG@10"];

    public static Question Category { get; } = new(
        "category", "Unseen photos find their category",
        "Held-out photos ask the training photos: new photos against a catalogue. Relevant is the same category.",
        s_category, "mAP");

    public static Question CategoryAmongUnseen { get; } = new(
        "categoryAmongUnseen", "Unseen photos among each other",
        "Held-out photos ask all other held-out photos: nothing of the gallery was trained on either. Relevant is the same category; photos of the query's own piece are left out.",
        s_category, "mAP");

    public static Question Shopper { get; } = new(
        "shopper", "Shopper photos find their own piece",
        "A shopper view of each held-out photo (cut out of its studio, laid on hands, cloth or wood, perspective, rotation, crop, other light, blur, noise, JPEG) asks all photos. "
            + "Relevant are the photos of the same piece; R@k is the share of queries with one of them among the first k.",
        ["R@1", "R@5", "MRR", "mAP"], "MRR");

    public static Question Attributes { get; } = new(
        "attributes", "Demo catalogue: similar pieces share attributes",
        "The query view of each demo product asks the other products (each once, by its best picture). The grade is 4 times the share of the query's attributes, its category among them, "
            + "that the product has with the same value; what is written in numbers (carat, length) does not count.",
        ["nDCG@10", "nDCG@10 linear"], "nDCG@10");
}
