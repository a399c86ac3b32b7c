using System.CommandLine;
using System.Globalization;
using Search.Cli.Api;
using Search.Cli.Groups;

namespace Search.Cli.Commands;

/// <summary><c>clusters</c>: what the catalogue consists of.</summary>
internal static class ClustersCommand
{
    internal static Command Create()
    {
        var k = new Option<int?>("--k") { Description = "How many clusters, 1 to 200. Without it the number with the highest silhouette is taken, of 2 to 40." };
        var representatives = new Option<int>("--representatives") { Description = "Items that stand for a cluster, 1 to 20.", DefaultValueFactory = _ => 6 };
        var members = new Option<bool>("--members") { Description = "With --json: list the ids of all members." };
        var options = new GroupOptions();
        var command = new Command("clusters", """
            Show what the catalogue consists of by what it looks like: clusters of items, largest first, each with items that stand for it.

            Examples:
              search clusters
              search clusters --k 12 --category rings
              search clusters --html clusters.html               a page with pictures
              search clusters --json --members
            """) { k, representatives, members };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => options.RunAsync(
            parsed,
            string.Create(CultureInfo.InvariantCulture, $"clusters?representatives={parsed.GetValue(representatives)}&members={(parsed.GetValue(members) ? "true" : "false")}")
                + (parsed.GetValue(k) is { } count ? string.Create(CultureInfo.InvariantCulture, $"&k={count}") : ""),
            answer => GroupTables.Clusters(answer.Found.Select(line => line.Cluster).OfType<ItemCluster>()),
            answer => $"{answer.Found.Count:N0} clusters.",
            (sections, answer) => sections.ClustersAsync(answer, cancellation),
            cancellation));
        return command;
    }
}
