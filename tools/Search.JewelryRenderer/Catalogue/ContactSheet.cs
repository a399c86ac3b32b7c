using SkiaSharp;

namespace Search.JewelryRenderer.Catalogue;

/// <summary>Many pictures on one sheet, for looking at.</summary>
internal static class ContactSheet
{
    /// <param name="cell">Pixels a side of each picture.</param>
    public static void Save(string path, IReadOnlyList<SKBitmap> pictures, int columns, int cell)
    {
        var rows = (pictures.Count + columns - 1) / columns;
        using var sheet = new SKBitmap(new SKImageInfo(columns * cell, rows * cell, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(sheet))
        {
            canvas.Clear(SKColors.White);
            for (var i = 0; i < pictures.Count; i++)
            {
                using var image = SKImage.FromBitmap(pictures[i]);
                canvas.DrawImage(image, SKRect.Create(i % columns * cell, i / columns * cell, cell, cell), new SKSamplingOptions(SKCubicResampler.Mitchell));
            }
        }

        var png = Path.GetExtension(path).Equals(".png", StringComparison.OrdinalIgnoreCase);
        using var data = sheet.Encode(png ? SKEncodedImageFormat.Png : SKEncodedImageFormat.Jpeg, 84);
        using var file = File.Create(path);
        data.SaveTo(file);
    }
}
