using System.Buffers;

namespace Search.Imaging;

/// <summary>
/// Carries out an <see cref="ImagePreprocessing"/>: resize to bytes, then normalise to floats. Training caches the bytes and
/// augments them, serving does both at once; the numbers are the same. Stateless: call it from any thread.
/// </summary>
public static class ImagePreprocessor
{
    /// <summary>Resizes and normalises.</summary>
    /// <param name="image">Any size.</param>
    /// <param name="definition">Must be valid.</param>
    /// <param name="destination">Receives 3 × Height × Width floats: the red plane, the green, the blue.</param>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length or the definition is invalid.</exception>
    public static void Write(DecodedImage image, ImagePreprocessing definition, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(definition);
        var bytes = ArrayPool<byte>.Shared.Rent(definition.RgbByteCount);
        var rgb = bytes.AsSpan(0, definition.RgbByteCount);
        Resize(image, definition, rgb);
        Normalise(rgb, definition, destination);
        ArrayPool<byte>.Shared.Return(bytes);
    }

    /// <summary>From a file to floats: checks, decodes no larger than needed, resizes, normalises.</summary>
    /// <returns>What the file was.</returns>
    /// <exception cref="ImageRejectedException">With the reason and a message for the sender.</exception>
    /// <exception cref="ArgumentException"><paramref name="destination"/> has another length or the definition is invalid.</exception>
    public static ImageInfo Write(
        ReadOnlyMemory<byte> bytes, ImagePreprocessing definition, Span<float> destination, ImageLimits? limits = null)
    {
        using var image = ImageDecoder.Decode(bytes, definition, limits);
        Write(image, definition, destination);
        return image.Source;
    }

    /// <summary>Resizes to the model's rectangle.</summary>
    /// <param name="image">Any size.</param>
    /// <param name="definition">Must be valid.</param>
    /// <param name="rgb">Receives Height × Width × 3 bytes: R, G, B, R, G, B, ...</param>
    /// <exception cref="ArgumentException"><paramref name="rgb"/> has another length or the definition is invalid.</exception>
    public static void Resize(DecodedImage image, ImagePreprocessing definition, Span<byte> rgb)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(definition);
        definition.Validate();
        RequireLength(rgb.Length, definition, nameof(rgb));
        var fit = FitGeometry.Of(definition, image.Width, image.Height);
        if (fit.Width != definition.Width || fit.Height != definition.Height)
            Fill(rgb, definition.Background);
        var stride = definition.Width * 3;
        Resampler.Resize(
            image.Pixels,
            image.Width,
            image.Height,
            fit.Source,
            definition.Resampling,
            rgb[((fit.Y * stride) + (fit.X * 3))..],
            fit.Width,
            fit.Height,
            stride,
            targetChannels: 3);
    }

    /// <summary>Turns resized bytes into the model's input: (byte / 255 - mean) / std, one plane a channel.</summary>
    /// <param name="rgb">Height × Width × 3 bytes, as <see cref="Resize"/> gives, augmented or not.</param>
    /// <param name="definition">Must be valid.</param>
    /// <param name="destination">Receives 3 × Height × Width floats.</param>
    /// <exception cref="ArgumentException">A span has another length or the definition is invalid.</exception>
    public static void Normalise(ReadOnlySpan<byte> rgb, ImagePreprocessing definition, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(definition);
        definition.Validate();
        RequireLength(rgb.Length, definition, nameof(rgb));
        RequireLength(destination.Length, definition, nameof(destination));
        Span<float> scale = stackalloc float[3], offset = stackalloc float[3];
        for (var c = 0; c < 3; c++)
        {
            scale[c] = (float)(1 / (255.0 * definition.Std[c]));
            offset[c] = (float)(-(double)definition.Mean[c] / definition.Std[c]);
        }

        var plane = definition.Width * definition.Height;
        PixelNormaliser.Normalise(
            rgb, scale, offset, destination[..plane], destination.Slice(plane, plane), destination[(2 * plane)..]);
    }

    private static void Fill(Span<byte> rgb, RgbColor color)
    {
        if (color.R == color.G && color.G == color.B)
        {
            rgb.Fill(color.R);
            return;
        }

        for (var i = 0; i < rgb.Length; i += 3)
            (rgb[i], rgb[i + 1], rgb[i + 2]) = (color.R, color.G, color.B);
    }

    private static void RequireLength(int length, ImagePreprocessing definition, string name)
    {
        if (length != definition.ValueCount)
        {
            throw new ArgumentException(
                $"{name} has {length} elements; 3 × {definition.Height} × {definition.Width} = {definition.ValueCount} are needed", name);
        }
    }
}
