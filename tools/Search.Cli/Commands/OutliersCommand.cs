using System.CommandLine;
using System.Globalization;
using Search.Cli.Api;
using Search.Cli.Groups;

namespace Search.Cli.Commands;

/// <summary><c>outliers</c>: items that seem out of place.</summary>
internal static class OutliersCommand
{
    internal static Command Create()
    {
        var k = new Option<int>("--k") { Description = "Neighbours that are asked, 1 to 50.", DefaultValueFactory = _ => 10 };
        var limit = new Option<int>("--limit") { Description = "Items shown at most, 1 to 1000.", DefaultValueFactory = _ => 50 };
        var options = new GroupOptions();
        var command = new Command("outliers", """
            Find items that seem misfiled, since most of what they look like is filed elsewhere, and items that are like nothing else. The most conspicuous come first.

            Examples:
              search outliers
              search outliers --category rings --limit 10
              search outliers --html outliers.html               a page with each item and its neighbours
              search outliers --json | jq 'select(.outlier.suggestedCategory) | .outlier.item.id'
            """) { k, limit };
        options.AddTo(command);
        command.SetAction((parsed, cancellation) => options.RunAsync(
            parsed,
            string.Create(CultureInfo.InvariantCulture, $"outliers?k={parsed.GetValue(k)}&limit={parsed.GetValue(limit)}"),
            answer => GroupTables.Outliers(answer.Found.Select(line => line.Outlier).OfType<OutlierItem>()),
            answer => $"{answer.Found.Count:N0} items, {answer.Found.Count(line => line.Outlier?.SuggestedCategory is not null):N0} of them with another category suggested.",
            (sections, answer) => sections.OutliersAsync(answer, cancellation),
            cancellation));
        return command;
    }
}
