using System.CommandLine;
using Spectre.Console;

namespace Search.Cli.Commands;

/// <summary><c>query</c>: the most similar items to a picture.</summary>
internal static class QueryCommand
{
    internal static Command Create()
    {
        var image = new Argument<FileInfo>("image") { Description = "The picture: JPEG, PNG, WebP, GIF or BMP." };
        image.AcceptExistingOnly();
        var k = new Option<int>("--k") { Description = "How many results, 1 to 200.", DefaultValueFactory = _ => 10 };
        var filter = new Option<string?>("--filter") { Description = """Filter as JSON, e.g. '{"category":"rings","ranges":{"price":{"lte":900}}}'.""" };
        var service = new ServiceOptions();
        var command = new Command("query", "Find the most similar items.\n\nExample: search query ring.jpg --k 5") { image, k, filter };
        service.AddTo(command);
        command.SetAction((parsed, cancellation) => ConsoleOutput.RunAsync(async () =>
        {
            using var api = service.Connect(parsed);
            var answer = await api.SearchAsync(parsed.GetRequiredValue(image).FullName, parsed.GetValue(k), parsed.GetValue(filter), cancellation);
            var table = new Table().Border(TableBorder.Rounded).AddColumns("", "score", "item", "category", "price", "title");
            foreach (var (hit, place) in answer.Results.Select((h, i) => (h, i + 1)))
            {
                table.AddRow([.. new[] { $"{place}", $"{hit.Score:F3}", hit.ItemId, hit.Item.Category, hit.Item.Price is { } p ? $"{p:N2}" : "", hit.Item.Title }
                    .Select(Markup.Escape)]);
            }
            AnsiConsole.Write(table);
            var t = answer.Timings;
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]{t.TotalMs:F1} ms: decode {t.DecodeMs:F1}, embed {t.EmbedMs:F1}, search {t.SearchMs:F1}, rerank {t.RerankMs:F1}; model {answer.Model}[/]");
            return 0;
        }));
        return command;
    }
}
