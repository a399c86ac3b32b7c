using System.CommandLine;
using Search.JewelryRenderer.Catalogue;
using Search.JewelryRenderer.Rendering;

namespace Search.JewelryRenderer.Commands;

/// <summary><c>catalogue</c>: draws every picture and writes the files an import reads.</summary>
internal static class CatalogueCommand
{
    public static Command Create(TimeProvider time)
    {
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder to write to.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "Another number invents another catalogue.", DefaultValueFactory = _ => 1 };
        var count = new Option<int>("--per-category") { Description = "Products in each of the 8 categories, 1 to 999.", DefaultValueFactory = _ => 20 };
        count.InRange(1, 999);
        var threads = new Option<int>("--threads") { Description = "Pictures drawn at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };
        threads.InRange(1, 256);
        var category = new Option<string?>("--category") { Description = "Draw only this category's pictures." };
        category.AcceptOnlyFromAmong([.. Designer.Categories.Select(c => c.Name)]);
        var textOnly = new Option<bool>("--text-only") { Description = "Write catalogue.ndjson and queries.ndjson without drawing." };
        var size = new Option<int>("--size") { Description = "Pixels a side of each picture.", DefaultValueFactory = _ => Quality.Catalogue.Size };
        size.InRange(16, 4096);
        var command = new Command("catalogue", "Draws a catalogue: 3 views a product to ship and 1 held-out query view, with titles, prices and attributes.")
        {
            folder, seed, count, size, threads, category, textOnly,
        };
        command.SetAction(parsed =>
        {
            var products = Designer.Invent(parsed.GetValue(seed), parsed.GetValue(count));
            var target = parsed.GetValue(folder)!.FullName;
            CatalogueFiles.Write(target, products);
            if (!parsed.GetValue(textOnly)) Draw(target, Shot.All(products.Where(p => p.Category.Name == (parsed.GetValue(category) ?? p.Category.Name))), Quality.Catalogue with { Size = parsed.GetValue(size) }, parsed.GetValue(threads), time);
            Console.WriteLine($"{products.Count} products in {target}");
            return 0;
        });
        return command;
    }

    private static void Draw(string folder, IReadOnlyList<Shot> shots, Quality quality, int threads, TimeProvider time) =>
        ProgressReport.Run("pictures", shots.Count, time, finished =>
            Parallel.ForEach(shots, new ParallelOptions { MaxDegreeOfParallelism = threads }, shot =>
            {
                var path = Path.Combine(folder, shot.Path);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.WriteAllBytes(path, shot.Draw(quality).ToJpeg());
                finished();
            }));
}
