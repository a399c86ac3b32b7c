using System.CommandLine;
using Search.Imaging;
using Search.MetricLearning.Augmentation;
using Search.MetricLearning.Augmentation.Clutter;
using Search.MetricLearning.Data;

namespace Search.Trainer.Commands;

/// <summary>Draws a sheet of photos beside their shopper views: distortions that nobody has looked at measure nothing.</summary>
internal static class ViewsCommand
{
    private const int Side = 224, Photos = 3, Views = 4;

    public static Command Create()
    {
        var photos = new Option<DirectoryInfo>("--photos") { Description = "Folder whose sub-folders are categories.", Required = true };
        var output = new Option<FileInfo>("--out") { Description = "JPEG file to write.", Required = true };
        var rows = new Option<int>("--rows") { Description = "Rows of the sheet; each has three photos, each with four views.", DefaultValueFactory = _ => 8 };
        var skip = new Option<int>("--skip") { Description = "Photos to pass over at the start of the evenly spread choice.", DefaultValueFactory = _ => 0 };
        var training = new Option<bool>("--training") { Description = "On the backgrounds of training instead of those of evaluation." };
        var command = new Command("views", """
            Writes a sheet of photos, each followed by shopper views of it.

            Example:
              views --photos PHOTOS --out /tmp/sheet.jpg
            """)
        {
            photos, output, rows, skip, training,
        };
        command.SetAction(result => CommandRunner.Run(() => Draw(
            result.GetRequiredValue(photos).FullName,
            result.GetRequiredValue(output).FullName,
            result.GetValue(rows) is > 0 and <= 16 and var r ? r : throw new ArgumentException("--rows must be 1 to 16."),
            result.GetValue(skip),
            new ShopperPhotoOptions { Clutter = result.GetValue(training) ? ClutterFamily.Training : ClutterFamily.Evaluation })));
        return command;
    }

    private static void Draw(string folder, string output, int rows, int skip, ShopperPhotoOptions options)
    {
        var all = PhotoFolder.Read(folder);
        const int columns = Photos * (1 + Views);
        var definition = new ImagePreprocessing { Width = Side * 13 / 10, Height = Side * 13 / 10 };
        var small = definition with { Width = Side, Height = Side };
        var shopper = new ShopperPhoto(options);
        var sheet = new byte[4 * Side * Side * columns * rows];
        Parallel.For(0, rows * Photos, cell =>
        {
            var photo = all[(int)(((long)cell * all.Count / (rows * Photos) + skip) % all.Count)];
            using var image = ImageDecoder.Decode(File.ReadAllBytes(photo.Path), definition);
            byte[] source = new byte[definition.RgbByteCount], view = new byte[small.RgbByteCount];
            ImagePreprocessor.Resize(image, definition, source);
            ImagePreprocessor.Resize(image, small, view);
            int row = cell / Photos, column = cell % Photos * (1 + Views);
            Put(sheet, columns, row, column, view);
            for (var v = 0; v < Views; v++)
            {
                shopper.Write(source, definition.Width, view, Side, new Random(ShopperPhoto.SeedOf(photo.ContentHash, 1, v)));
                Put(sheet, columns, row, column + 1 + v, view);
            }
        });
        using var picture = DecodedImage.FromRgba(columns * Side, rows * Side, sheet);
        File.WriteAllBytes(output, Thumbnail.Jpeg(picture, columns * Side, 88));
    }

    private static void Put(byte[] sheet, int columns, int row, int column, ReadOnlySpan<byte> rgb)
    {
        for (var i = 0; i < Side * Side; i++)
        {
            var at = 4 * ((row * Side + i / Side) * columns * Side + column * Side + i % Side);
            rgb.Slice(3 * i, 3).CopyTo(sheet.AsSpan(at));
            sheet[at + 3] = 255;
        }
    }
}
