using System.Diagnostics;
using Search.Imaging;

namespace Search.Benchmarks.Imaging;

/// <summary>
/// What imaging costs beside the decoder, over a folder of real photos on one thread. Counts processor time, which other
/// people's work on the machine disturbs less than the clock. Usage: imaging FOLDER [ROUNDS].
/// </summary>
internal static class ImagingBenchmark
{
    public static Task<int> RunAsync(string[] args)
    {
        if (args.Length == 0 || !Directory.Exists(args[0]))
        {
            Console.Error.WriteLine("Usage: Search.Benchmarks imaging FOLDER [ROUNDS]");
            return Task.FromResult(2);
        }

        var rounds = args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : 3;
        var photos = Directory.EnumerateFiles(args[0], "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes).Where(IsImage).ToArray();
        var definition = new ImagePreprocessing();
        var input = new float[definition.ValueCount];
        Console.WriteLine($"{photos.Length} images, {definition.Width} × {definition.Height}, one thread, best of {rounds} rounds");
        Measure("header only", photos, rounds, bytes => ImageDecoder.Probe(bytes));
        Measure("full decode", photos, rounds, bytes => ImageDecoder.Decode(bytes).Dispose());
        Measure("shrunk decode", photos, rounds, bytes => ImageDecoder.Decode(bytes, definition).Dispose());
        Measure("shrunk decode, preprocess", photos, rounds, bytes => ImagePreprocessor.Write(bytes, definition, input));
        Measure("shrunk decode, preprocess, hash", photos, rounds, bytes =>
        {
            using var image = ImageDecoder.Decode(bytes, definition);
            ImagePreprocessor.Write(image, definition, input);
            PerceptualHash.Compute(image);
        });
        return Task.FromResult(0);
    }

    private static void Measure(string name, byte[][] photos, int rounds, Action<byte[]> work)
    {
        foreach (var photo in photos.Take(200))
            work(photo);
        var best = double.MaxValue;
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0; round < rounds; round++)
        {
            var start = Environment.CpuUsage.TotalTime;
            foreach (var photo in photos)
                work(photo);
            best = Math.Min(best, (Environment.CpuUsage.TotalTime - start).TotalSeconds);
        }

        allocated = (GC.GetAllocatedBytesForCurrentThread() - allocated) / rounds / photos.Length;
        using var process = Process.GetCurrentProcess();
        Console.WriteLine(
            $"{name,-34} {photos.Length / best,8:F0} images/s  {best / photos.Length * 1000,7:F3} ms  {allocated,6} B managed  resident {process.WorkingSet64 >> 20} MiB");
    }

    private static bool IsImage(byte[] bytes)
    {
        try
        {
            ImageDecoder.Probe(bytes);
            return true;
        }
        catch (ImageRejectedException)
        {
            return false;
        }
    }
}
