using Search.Cli.Api;
using Search.Evaluation;
using static System.FormattableString;

namespace Search.Cli.Groups;

/// <summary>What was found, as rows of a report's pictures.</summary>
internal sealed class GroupSections(Thumbnails thumbnails)
{
    // A page that nobody scrolls to the end of, and that a browser still opens.
    private const int MostRows = 200;
    private const int MostFigures = 24;
    private const int LongestTitle = 48;

    internal async Task<PictureSection> DuplicatesAsync(GroupAnswer answer, CancellationToken cancellation) => new(
        "duplicates", "Duplicates", "Items that look the same: in a group every two are at least as similar as the threshold, and nobody said that they are distinct." + Shown(answer),
        await RowsAsync(answer, async line => line.Duplicates is not { } group ? null : new PictureRow(
            group.SameFile ? $"{group.Items.Count:N0} items of the same file" : Invariant($"{group.Items.Count} items, similarity {group.Least:F3} to {group.Most:F3}"),
            await MembersAsync(group.Items, cancellation))));

    internal async Task<PictureSection> ClustersAsync(GroupAnswer answer, CancellationToken cancellation) => new(
        "clusters", "Clusters", "What the catalogue consists of by what it looks like. The first picture of a cluster is its medoid, the item most similar to all; each further one shows what those before it do not." + Shown(answer),
        await RowsAsync(answer, async line => line.Cluster is not { } cluster ? null : new PictureRow(
            Invariant($"{cluster.Size} items, cohesion {cluster.Cohesion:F3}: {GroupTables.Categories(cluster)}"),
            await MembersAsync(cluster.Representatives, cancellation))));

    internal async Task<PictureSection> OutliersAsync(GroupAnswer answer, CancellationToken cancellation) => new(
        "outliers", "Out of place", "Items whose neighbours are mostly filed elsewhere, or that are like nothing else. Black: the item. Then what it looks like most: green is filed as it is, red elsewhere." + Shown(answer),
        await RowsAsync(answer, async line =>
        {
            if (line.Outlier is not { } outlier)
                return null;
            var figures = new List<ReportFigure> { await FigureAsync(outlier.Item, FigureRole.Subject, outlier.Item.Category, cancellation) };
            foreach (var (similarity, item) in outlier.Neighbours.Select(neighbour => (neighbour.Similarity, neighbour.Item)))
            {
                var agrees = string.Equals(item.Category, outlier.Item.Category, StringComparison.OrdinalIgnoreCase);
                figures.Add(await FigureAsync(item, agrees ? FigureRole.Agrees : FigureRole.Disagrees, Invariant($"{item.Category} {similarity:F3}"), cancellation));
            }
            var suggestion = outlier.SuggestedCategory is { } category ? Invariant($"filed as {outlier.Item.Category}, looks like {category} ({100 * outlier.Disagreement:F0} % of its neighbours are filed elsewhere)") : "like nothing else";
            return new PictureRow(Invariant($"{outlier.Item.Id}: {suggestion}; outlier factor {outlier.LocalOutlierFactor:F2}"), figures);
        }));

    private static string Cut(string title) => title.Length <= LongestTitle ? title : $"{title[..LongestTitle]}…";

    private static string Shown(GroupAnswer answer) => answer.Found.Count > MostRows ? $" The first {MostRows} of {answer.Found.Count:N0}." : "";

    private static async Task<IReadOnlyList<PictureRow>> RowsAsync(GroupAnswer answer, Func<GroupLine, Task<PictureRow?>> make)
    {
        var rows = new List<PictureRow>();
        foreach (var line in answer.Found.Take(MostRows))
        {
            if (await make(line) is { } row)
                rows.Add(row);
        }
        return rows;
    }

    private async Task<IReadOnlyList<ReportFigure>> MembersAsync(IReadOnlyList<GroupItem> items, CancellationToken cancellation)
    {
        var figures = new List<ReportFigure>();
        foreach (var item in items.Take(MostFigures))
            figures.Add(await FigureAsync(item, FigureRole.Member, item.Category, cancellation));
        if (items.Count > MostFigures)
            figures.Add(new ReportFigure(new ReportPicture($"and {items.Count - MostFigures:N0} more", []), FigureRole.Member, ""));
        return figures;
    }

    private async Task<ReportFigure> FigureAsync(GroupItem item, FigureRole role, string note, CancellationToken cancellation) =>
        new(new ReportPicture($"{item.Id}\n{Cut(item.Title)}", await thumbnails.GetAsync(item, cancellation)), role, note);
}
