using Search.Contracts;

namespace Search.Benchmarks.Throughput;

/// <summary>
/// <c>throughput --photos DIR --model DIR [--rounds N] [--limit N]</c>: how much of the bare model's throughput is left when pictures go through the embedding
/// service? The ways take turns, so that other load on the machine hits all of them; the first round warms up and does not count.
/// </summary>
internal static class ThroughputVerb
{
    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "photos", "model", "rounds", "limit");
        var model = options.Require("model");
        var photos = Distinct(options.Require("photos")).Take(options.Number("limit", int.MaxValue)).ToList();
        var hashes = photos.ConvertAll(photo => ContentHash.Of(photo));
        var bare = new BareModel(model);
        JsonLine.Write(new { photos = photos.Count, bytes = photos.Sum(p => (long)p.Length), cores = Environment.ProcessorCount, model = Path.GetFileName(Path.TrimEndingDirectorySeparator(model)) });

        var rounds = options.Number("rounds", 3);
        var ratios = new List<(double Wall, double Cpu)>();
        for (var round = 0; round <= rounds; round++)
        {
            var sideBySide = await Stretch.MeasureAsync(() => bare.RunSideBySideAsync(photos));
            var oneByOne = await Stretch.MeasureAsync(() => bare.RunInBatchesAsync(photos, batch: 1));
            var batches = await Stretch.MeasureAsync(() => bare.RunInBatchesAsync(photos, batch: 16));
            Stretch service;
            await using (var pipeline = await ServicePipeline.StartAsync(model))
            {
                await pipeline.StoreAsync(photos);
                service = await Stretch.MeasureAsync(() => pipeline.RunAsync(hashes));
            }
            // The better baseline in each respect: batches spin while they wait, which costs processor time but not always wall time.
            var ratio = (
                Wall: Math.Min(sideBySide.Wall.Ticks, batches.Wall.Ticks) / (double)service.Wall.Ticks,
                Cpu: Math.Min(sideBySide.Cpu.Ticks, batches.Cpu.Ticks) / (double)service.Cpu.Ticks);
            Report(round, "bare-side-by-side", sideBySide);
            Report(round, "bare-one-by-one", oneByOne);
            Report(round, "bare-batch-16", batches);
            Report(round, "service", service);
            JsonLine.Write(new { round, ratio = Math.Round(ratio.Wall, 3), cpuRatio = Math.Round(ratio.Cpu, 3), warmUp = round == 0 });
            if (round > 0)
                ratios.Add(ratio);
        }
        JsonLine.Write(new
        {
            medianRatio = Math.Round(Median(ratios.Select(r => r.Wall)), 3),
            medianCpuRatio = Math.Round(Median(ratios.Select(r => r.Cpu)), 3),
            peakMiB = System.Diagnostics.Process.GetCurrentProcess().PeakWorkingSet64 >> 20,
        });
        return 0;

        void Report(int round, string way, Stretch stretch) => JsonLine.Write(new
        {
            round,
            way,
            perSecond = Math.Round(stretch.PerSecond(photos.Count), 1),
            cpuMsPerPhoto = Math.Round(stretch.CpuMs(photos.Count), 2),
        });
    }

    /// <summary>Each content once: the service embeds equal bytes only once, which would flatter it.</summary>
    private static IEnumerable<byte[]> Distinct(string folder) => Directory
        .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Where(f => Path.GetExtension(f).ToLowerInvariant() is ".jpg" or ".jpeg" or ".png" or ".webp" or ".gif" or ".bmp")
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllBytes)
        .DistinctBy(bytes => ContentHash.Of(bytes));

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
