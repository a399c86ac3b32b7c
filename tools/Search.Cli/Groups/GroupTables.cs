using Search.Cli.Api;
using Spectre.Console;

namespace Search.Cli.Groups;

/// <summary>What was found, for a terminal.</summary>
internal static class GroupTables
{
    internal static Table Duplicates(IEnumerable<DuplicateGroup> groups)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("group", "similarity", "item", "category", "title");
        foreach (var (number, group) in groups.Index())
        {
            foreach (var (place, item) in group.Items.Index())
            {
                var similarity = place > 0 ? "" : group.SameFile ? "same file" : $"{group.Least:F3} to {group.Most:F3}";
                Add(table, place > 0 ? "" : $"{number + 1}", similarity, item.Id, item.Category, item.Title);
            }
        }
        return table;
    }

    internal static Table Clusters(IEnumerable<ItemCluster> clusters)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("cluster", "items", "cohesion", "categories", "stands for it");
        foreach (var (number, cluster) in clusters.Index())
        {
            Add(table, $"{number + 1}", $"{cluster.Size:N0}", $"{cluster.Cohesion:F3}", Categories(cluster),
                string.Join(", ", cluster.Representatives.Take(3).Select(item => item.Id)));
        }
        return table;
    }

    internal static Table Outliers(IEnumerable<OutlierItem> outliers)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("score", "item", "category", "suggested", "filed elsewhere", "outlier factor", "most like");
        foreach (var outlier in outliers)
        {
            Add(table, $"{outlier.Score:F2}", outlier.Item.Id, outlier.Item.Category, outlier.SuggestedCategory ?? "", $"{outlier.Disagreement:P0}",
                $"{outlier.LocalOutlierFactor:F2}", string.Join(", ", outlier.Neighbours.Take(2).Select(neighbour => neighbour.Item.Id)));
        }
        return table;
    }

    /// <summary>The largest categories of a cluster.</summary>
    internal static string Categories(ItemCluster cluster) =>
        string.Join(", ", cluster.Categories.Take(3).Select(category => $"{category.Name} {category.Count:N0}")) + (cluster.Categories.Count > 3 ? ", …" : "");

    private static void Add(Table table, params string[] cells) => table.AddRow([.. cells.Select(Markup.Escape)]);
}
