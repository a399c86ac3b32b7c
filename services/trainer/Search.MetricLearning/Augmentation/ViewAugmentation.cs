using Search.MetricLearning.Augmentation.Clutter;

namespace Search.MetricLearning.Augmentation;

/// <summary>Makes random views of a square RGB picture. The same generator state gives the same view. Safe for concurrent use with one generator a thread.</summary>
public sealed class ViewAugmentation(AugmentationOptions options)
{
    private readonly ShopperPhoto _shopper = new(options.ShopperPhoto with { Clutter = ClutterFamily.Training });

    /// <summary>Whether pieces are cut out of their pictures for some views.</summary>
    internal bool CutsOut => options.Shopper > 0;

    /// <summary>Writes one view.</summary>
    /// <param name="source">Picture of <paramref name="sourceSide"/> squared, 3 bytes a pixel.</param>
    /// <param name="sourceSide">Side of the picture, pixels.</param>
    /// <param name="view">Receives <paramref name="viewSide"/> squared, 3 bytes a pixel.</param>
    /// <param name="viewSide">Side of the view, pixels.</param>
    /// <param name="random">Where chance comes from.</param>
    /// <exception cref="ArgumentException">A span's length is not what its side says.</exception>
    public void Write(ReadOnlySpan<byte> source, int sourceSide, Span<byte> view, int viewSide, Random random) =>
        Write(source, sourceSide, view, viewSide, random, cutout: null);

    /// <inheritdoc cref="Write(ReadOnlySpan{byte}, int, Span{byte}, int, Random)"/>
    /// <param name="cutout">Of the same picture, where it is known already.</param>
    internal void Write(ReadOnlySpan<byte> source, int sourceSide, Span<byte> view, int viewSide, Random random, PieceCutout? cutout)
    {
        ArgumentNullException.ThrowIfNull(random);
        if (source.Length != 3 * sourceSide * sourceSide)
            throw new ArgumentException($"{source.Length} bytes are not a picture of side {sourceSide}.", nameof(source));
        if (view.Length != 3 * viewSide * viewSide)
            throw new ArgumentException($"{view.Length} bytes are not a view of side {viewSide}.", nameof(view));

        // No chance is drawn where there is none: recipes without these views stay what they were.
        if (options.Shopper > 0 && random.NextDouble() < options.Shopper)
        {
            _shopper.Write(cutout ?? PieceCutout.Of(source, sourceSide), view, viewSide, random);
            return;
        }
        AffineView.Write(source, sourceSide, view, viewSide, Framing(random, viewSide, sourceSide));
        if (random.NextDouble() < options.Background)
            StudioBackground.Replace(view, viewSide, random);
        if (random.NextDouble() < options.Blur)
            BoxBlur.Apply(view, viewSide);
        ColourJitter.Apply(view, options, random);
    }

    /// <summary>Maps view coordinates to source coordinates, both relative to the centre.</summary>
    private AffineMap Framing(Random random, int viewSide, int sourceSide)
    {
        var zoom = Between(random, options.SmallestPart, options.LargestPart) * sourceSide / viewSide;
        var aspect = Math.Exp(Between(random, -1, 1) * Math.Log(options.Aspect) / 2);
        var angle = Between(random, -1, 1) * options.Rotation * Math.PI / 180;
        var mirror = random.NextDouble() < options.Mirror ? -1 : 1;
        // What the zoom leaves over may lie on either side.
        var slack = Math.Max(0, sourceSide - zoom * viewSide) / 2;
        double sin = Math.Sin(angle), cos = Math.Cos(angle), x = zoom * aspect, y = zoom / aspect;
        return new AffineMap(
            mirror * x * cos, -y * sin, Between(random, -1, 1) * slack,
            mirror * x * sin, y * cos, Between(random, -1, 1) * slack);
    }

    private static double Between(Random random, double from, double to) => from + random.NextDouble() * (to - from);
}
