using Search.Embedding;

namespace Search.Benchmarks.Inference;

/// <summary>
/// <c>inference --model DIR [--seconds N]</c>: which shape of ONNX Runtime sessions serves most pictures a second, and does the batch size change the bits
/// of a vector? It is what the embedding service's defaults rest on.
/// </summary>
internal static class InferenceVerb
{
    private const int Pictures = 32;

    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "model", "seconds");
        var folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(options.Require("model")));
        var registered = new ModelFolder(Path.GetDirectoryName(folder)!).Load(Path.GetFileName(folder));
        var time = TimeSpan.FromSeconds(options.Number("seconds", 5));
        var cores = Environment.ProcessorCount;
        float[][]? alone = null;
        foreach (var (runners, threads, batch) in new[] { (cores, 1, 1), (1, 1, 1), (cores, 1, 8), (1, cores, 1), (1, cores, 8), (1, cores, 32), (cores, 1, 1) })
        {
            using var model = Load(registered, runners, threads, batch);
            var vectors = await Task.WhenAll(Enumerable.Range(0, Pictures).Select(i => EmbedAsync(model, i)));
            alone ??= vectors;
            var served = 0;
            var stretch = await Stretch.MeasureAsync(async () => served = await ServeAsync(model, runners * batch * 2, time));
            JsonLine.Write(new
            {
                runners,
                threads,
                batch,
                perSecond = Math.Round(stretch.PerSecond(served), 1),
                cpuMsPerPicture = Math.Round(stretch.CpuMs(served), 2),
                differentVectors = vectors.Zip(alone).Count(pair => !pair.First.AsSpan().SequenceEqual(pair.Second)),
                largestDifference = vectors.Zip(alone).Max(pair => pair.First.Zip(pair.Second).Max(x => Math.Abs(x.First - x.Second))),
                memoryMiB = Environment.WorkingSet >> 20,
            });
        }
        return 0;
    }

    private static EmbeddingModel Load(VerifiedModel registered, int runners, int threads, int batch)
    {
        var factory = new ModelSessionFactory(Microsoft.Extensions.Logging.Abstractions.NullLogger<ModelSessionFactory>.Instance);
        var session = factory.Create(registered, new EmbeddingOptions { IntraOpThreads = threads });
        return new EmbeddingModel(registered, session, new BatchPolicy(batch, TimeSpan.FromMilliseconds(3), QueryCapacity: 10_000), runners, TimeProvider.System);
    }

    /// <summary>Keeps so many callers busy for so long.</summary>
    private static async Task<int> ServeAsync(EmbeddingModel model, int callers, TimeSpan time)
    {
        var served = 0;
        using var over = new CancellationTokenSource(time);
        await Task.WhenAll(Enumerable.Range(0, callers).Select(async i =>
        {
            while (!over.IsCancellationRequested)
            {
                await EmbedAsync(model, i % Pictures);
                Interlocked.Increment(ref served);
            }
        }));
        return served;
    }

    private static Task<float[]> EmbedAsync(EmbeddingModel model, int picture)
    {
        var input = model.RentInput();
        s_pictures[picture].AsSpan(0, input.Values.Length).CopyTo(input.Values);
        return model.RunAsync(input, WorkLane.Query, CancellationToken.None);
    }

    private static readonly float[][] s_pictures = [.. Enumerable.Range(0, Pictures).Select(Noise)];

    private static float[] Noise(int seed)
    {
        var random = new Random(seed);
        var values = new float[3 * 512 * 512];
        foreach (ref var value in values.AsSpan())
            value = (random.NextSingle() * 2) - 1;
        return values;
    }
}
