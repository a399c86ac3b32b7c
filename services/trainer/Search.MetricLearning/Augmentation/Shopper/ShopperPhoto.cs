using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Search.Imaging;

namespace Search.MetricLearning.Augmentation;

/// <summary>
/// Makes of a shop's photo what a shopper's phone might have taken of the same piece: cut out of its studio, laid on clutter with a shadow,
/// seen from aside, turned, partly out of the frame, in other light, blurred, noisy and compressed. Everything follows from the generator's
/// state. Safe for concurrent use with one generator a thread.
/// </summary>
public sealed class ShopperPhoto
{
    private readonly ShopperPhotoOptions _options;

    /// <exception cref="ArgumentException">An option is out of range.</exception>
    public ShopperPhoto(ShopperPhotoOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        _options = options;
    }

    /// <summary>A seed for one photo and view that depends on nothing else, so that adding or leaving out a photo changes no other.</summary>
    /// <param name="contentHash">Of the photo's file.</param>
    /// <param name="seed">Of the whole set of views.</param>
    /// <param name="view">Which view of the photo.</param>
    public static int SeedOf(string contentHash, int seed, int view = 0) =>
        BinaryPrimitives.ReadInt32LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{view}:{contentHash}"))) & int.MaxValue;

    /// <summary>Writes one view.</summary>
    /// <param name="source">Picture of <paramref name="sourceSide"/> squared, 3 bytes a pixel, made square with white.</param>
    /// <param name="sourceSide">Side of the picture, pixels.</param>
    /// <param name="view">Receives <paramref name="viewSide"/> squared, 3 bytes a pixel.</param>
    /// <param name="viewSide">Side of the view, pixels.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <returns>Whether the piece was cut out; a photo without a plain light background is used whole and fills the frame.</returns>
    /// <exception cref="ArgumentException">A span's length is not what its side says.</exception>
    public bool Write(ReadOnlySpan<byte> source, int sourceSide, Span<byte> view, int viewSide, Random random)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (source.Length != 3 * sourceSide * sourceSide || sourceSide < 1)
            throw new ArgumentException($"{source.Length} bytes are not a picture of side {sourceSide}.", nameof(source));
        if (view.Length != 3 * viewSide * viewSide || viewSide < 1)
            throw new ArgumentException($"{view.Length} bytes are not a view of side {viewSide}.", nameof(view));
        var piece = PieceCutout.Of(source, sourceSide);
        Write(piece, view, viewSide, random);
        return piece.IsCutOut;
    }

    /// <summary>Writes one view of a piece that was cut out before, which is a third of the work.</summary>
    internal void Write(PieceCutout piece, Span<byte> view, int viewSide, Random random)
    {
        _options.Clutter.Paint(view, viewSide, random);
        if (random.NextDouble() < 0.5)
            GaussianBlur.Apply(view, viewSide, (float)(random.NextDouble() * viewSide / 112));
        var (shadow, light) = (ShadowOf(random, viewSide), LightOf(random));
        PieceOnClutter.Lay(piece, Pose.Of(piece, viewSide, _options, random), view, viewSide, shadow);
        Expose(view, viewSide, light, random);
        GaussianBlur.Apply(view, viewSide, (float)(random.NextDouble() * _options.Blur * viewSide / 224));
        AddNoise(view, (float)(random.NextDouble() * _options.Noise), random);
        Compress(view, viewSide, random.Next(_options.LowestQuality, _options.HighestQuality + 1));
    }

    private static Shadow ShadowOf(Random random, int side)
    {
        var angle = random.NextSingle() * MathF.Tau;
        var distance = (0.01f + 0.03f * random.NextSingle()) * side;
        return new Shadow(distance * MathF.Cos(angle), distance * MathF.Sin(angle), (0.008f + 0.02f * random.NextSingle()) * side, 0.25f + 0.4f * random.NextSingle());
    }

    /// <summary>Brightness and cast of the whole, and a falling off towards one side.</summary>
    private (Vector3 Gain, Vector2 Slope) LightOf(Random random)
    {
        float Between(double from, double to) => (float)(from + random.NextDouble() * (to - from));
        // Warm against cool, and a little green against magenta.
        float warmth = Between(-_options.ColourCast, _options.ColourCast), tint = Between(-_options.ColourCast, _options.ColourCast) / 3;
        var gain = new Vector3(1 + warmth, 1 + tint, 1 - warmth) * Between(_options.Darkest, _options.Brightest);
        var (sin, cos) = MathF.SinCos(Between(0, Math.Tau));
        return (gain, new Vector2(cos, sin) * Between(0, 0.4));
    }

    private static void Expose(Span<byte> view, int side, (Vector3 Gain, Vector2 Slope) light, Random random)
    {
        var contrast = 0.85f + 0.3f * random.NextSingle();
        for (var i = 0; i < side * side; i++)
        {
            var place = new Vector2((i % side + 0.5f) / side - 0.5f, (i / side + 0.5f) / side - 0.5f);
            var gain = light.Gain * (1 + Vector2.Dot(place, light.Slope));
            for (var c = 0; c < 3; c++)
                view[3 * i + c] = (byte)Math.Clamp(((view[3 * i + c] - 128) * contrast + 128) * gain[c] + 0.5f, 0, 255);
        }
    }

    private static void AddNoise(Span<byte> view, float deviation, Random random)
    {
        foreach (ref var channel in view)
            // The sum of three uniform numbers is near enough to normal; its deviation is 1/2.
            channel = (byte)Math.Clamp(channel + 2 * deviation * (random.NextSingle() + random.NextSingle() + random.NextSingle() - 1.5f) + 0.5f, 0, 255);
    }

    private static void Compress(Span<byte> view, int side, int quality)
    {
        var rgba = new byte[4 * side * side];
        for (var i = 0; i < side * side; i++)
        {
            view.Slice(3 * i, 3).CopyTo(rgba.AsSpan(4 * i));
            rgba[4 * i + 3] = 255;
        }
        using var picture = DecodedImage.FromRgba(side, side, rgba);
        using var decoded = ImageDecoder.Decode(Thumbnail.Jpeg(picture, side, quality));
        for (var i = 0; i < side * side; i++)
            decoded.Pixels.Slice(4 * i, 3).CopyTo(view[(3 * i)..]);
    }
}
