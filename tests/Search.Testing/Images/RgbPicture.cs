namespace Search.Testing.Images;

/// <summary>8-bit RGB in memory, drawn by arithmetic alone.</summary>
public sealed record RgbPicture(int Width, int Height, byte[] Rgb)
{
    /// <summary>A smooth scene without symmetry: no flip or turn of it resembles it.</summary>
    public static RgbPicture Scene(int width, int height)
    {
        var rgb = new byte[width * height * 3];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                double u = (x + 0.5) / width, v = (y + 0.5) / height;
                var disc = Soft(0.24 - Math.Sqrt(((u - 0.33) * (u - 0.33)) + ((v - 0.3) * (v - 0.3))));
                var bar = Soft(0.16 - Math.Abs(u - 0.75)) * Soft(0.08 - Math.Abs(v - 0.62));
                var foot = Soft(0.25 - Math.Abs(u - 0.35)) * Soft(0.05 - Math.Abs(v - 0.86));
                Put(rgb, ((y * width) + x) * 3, 240 - (40 * v) - (50 * disc) - (200 * bar) - (80 * foot), 235 - (90 * disc) - (150 * bar) - (190 * foot), 230 - (180 * disc) - (60 * bar) - (150 * foot));
            }
        }

        return new(width, height, rgb);
    }

    public byte this[int x, int y, int channel] => Rgb[(((y * Width) + x) * 3) + channel];

    public byte Grey(int x, int y) => (byte)((this[x, y, 0] + this[x, y, 1] + this[x, y, 2]) / 3);

    /// <summary>What a camera held in <paramref name="orientation"/> (EXIF 1 to 8) stores so that a viewer shows this picture.</summary>
    public RgbPicture StoredAs(int orientation)
    {
        var swap = orientation >= 5;
        int w = swap ? Height : Width, h = swap ? Width : Height;
        var stored = new byte[Rgb.Length];
        for (var y = 0; y < Height; y++)
        {
            for (var x = 0; x < Width; x++)
            {
                // Row 0 / column 0 of the stored picture is the viewer's: 1 top/left, 2 top/right, 3 bottom/right,
                // 4 bottom/left, 5 left/top, 6 right/top, 7 right/bottom, 8 left/bottom.
                int right = Width - 1 - x, below = Height - 1 - y;
                var (column, row) = orientation switch
                {
                    1 => (x, y),
                    2 => (right, y),
                    3 => (right, below),
                    4 => (x, below),
                    5 => (y, x),
                    6 => (y, right),
                    7 => (below, right),
                    8 => (below, x),
                    _ => throw new ArgumentOutOfRangeException(nameof(orientation)),
                };
                for (var c = 0; c < 3; c++)
                    stored[(((row * w) + column) * 3) + c] = this[x, y, c];
            }
        }

        return new(w, h, stored);
    }

    private static double Soft(double inside) => Math.Clamp((inside * 40) + 0.5, 0, 1);

    private static void Put(byte[] rgb, int at, double r, double g, double b)
    {
        rgb[at] = (byte)Math.Clamp(r, 0, 255);
        rgb[at + 1] = (byte)Math.Clamp(g, 0, 255);
        rgb[at + 2] = (byte)Math.Clamp(b, 0, 255);
    }
}
