using System.CommandLine;
using Search.JewelryRenderer.Catalogue;
using Search.JewelryRenderer.Rendering;
using SkiaSharp;

namespace Search.JewelryRenderer.Commands;

/// <summary><c>sheet</c>: draws a contact sheet, for looking at designs before drawing them all.</summary>
internal static class SheetCommand
{
    public static Command Create(TimeProvider time)
    {
        var file = new Option<FileInfo>("--out") { Description = "Picture to write, .png or .jpg.", Required = true };
        var seed = new Option<ulong>("--seed") { Description = "The catalogue's seed.", DefaultValueFactory = _ => 1 };
        var count = new Option<int>("--per-category") { Description = "Products in each category.", DefaultValueFactory = _ => 20 };
        var category = new Option<string?>("--category") { Description = "Only this category." };
        category.AcceptOnlyFromAmong([.. Designer.Categories.Select(c => c.Name)]);
        var views = new Option<string>("--views") { Description = "Views to show, 0 = the query view: \"1\", \"0123\".", DefaultValueFactory = _ => "1" };
        var first = new Option<int>("--first") { Description = "Leave out products before this one of each category.", DefaultValueFactory = _ => 1 };
        var take = new Option<int>("--take") { Description = "Products of each category to show.", DefaultValueFactory = _ => 20 };
        var columns = new Option<int>("--columns") { Description = "Pictures in a row.", DefaultValueFactory = _ => 8 };
        var size = new Option<int>("--size") { Description = "Pixels a side of each picture; 400 draws catalogue quality.", DefaultValueFactory = _ => 224 };
        var from = new Option<DirectoryInfo>("--from") { Description = "Show the pictures of a drawn catalogue instead of drawing." };
        from.AcceptExistingOnly();
        count.InRange(1, 999);
        first.InRange(1, 999);
        take.InRange(1, 999);
        columns.InRange(1, 64);
        size.InRange(16, 4096);
        views.Validators.Add(r =>
        {
            if (r.GetValueOrDefault<string>() is not { Length: > 0 } text || text.Any(v => v is < '0' or > '3')) r.AddError("--views takes digits from 0 to 3.");
        });
        var command = new Command("sheet", "Draws a contact sheet.") { file, seed, count, category, views, first, take, columns, size, from };
        command.SetAction(parsed =>
        {
            var shots = Designer.Invent(parsed.GetValue(seed), parsed.GetValue(count))
                .Where(p => parsed.GetValue(category) is not { } only || p.Category.Name == only)
                .GroupBy(p => p.Category.Name).SelectMany(g => g.Skip(parsed.GetValue(first) - 1).Take(parsed.GetValue(take)))
                .SelectMany(p => parsed.GetValue(views)!.Select(v => new Shot(p, v - '0'))).ToArray();
            var pixels = parsed.GetValue(size);
            var quality = (pixels >= Quality.Catalogue.Size ? Quality.Catalogue : Quality.Sheet) with { Size = pixels };
            var pictures = new SKBitmap[shots.Length];
            ProgressReport.Run("pictures", shots.Length, time, finished =>
                Parallel.For(0, shots.Length, i =>
                {
                    pictures[i] = parsed.GetValue(from) is { } folder
                        ? SKBitmap.Decode(Path.Combine(folder.FullName, shots[i].Path)) ?? throw new FileNotFoundException($"{shots[i].Path} is not a picture in {folder.FullName}.")
                        : shots[i].Draw(quality).ToBitmap();
                    finished();
                }));
            ContactSheet.Save(parsed.GetValue(file)!.FullName, pictures, parsed.GetValue(columns), pixels);
            foreach (var picture in pictures) picture.Dispose();
            return 0;
        });
        return command;
    }
}
