using System.Globalization;
using Search.Benchmarks.Comparison;
using Search.Evaluation.Sweeps;

namespace Search.Benchmarks.Growth;

/// <summary>
/// <c>growth --sizes 10000,100000,1000000 [--indexes hnsw,hnsw-frozen,forest,lsh,exact] [--dimension 128] [--target 0.95] [--folder DIR] [--output FILE.jsonl]</c>: build time, bytes a vector, latency and distances of each kind of
/// index as a generated set grows, each searched at the least effort that reaches the target recall. A size is a process of its own; one that would not fit into memory or on the disk is left out. The frozen graph's file lies in the
/// folder while it is measured.
/// </summary>
internal static class GrowthVerb
{
    private const int ForTuning = 500;
    private const int Measured = 1_000;

    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "sizes", "indexes", "dimension", "target", "folder", "output");
        var sizes = options.Require("sizes").Split(',').Select(size => int.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture)).ToArray();
        var kinds = (options.Find("indexes") ?? string.Join(',', GrowthStep.Kinds)).Split(',');
        if (kinds.FirstOrDefault(kind => !GrowthStep.Kinds.Contains(kind)) is { } unknown)
            throw new ArgumentException($"'{unknown}' is no index of the growth sweep; there are {string.Join(", ", GrowthStep.Kinds)}.", nameof(args));
        if (sizes.FirstOrDefault(size => size < GrowthQueries.K) is var small and > 0) throw new ArgumentException($"{small} vectors are fewer than a search asks for.", nameof(args));

        using var log = new SweepWriter(options.Find("output"), echo: true);
        if (sizes.Length == 1)
        {
            log.Write(ThisMachine.Line(ThisMachine.Describe(TimeProvider.System)));
            One(sizes[0], kinds, options, log);
        }
        else
        {
            await EachAsync(sizes, args, log);
        }
        Console.WriteLine();
        Console.Write(GrowthReport.Of(SweepLog.Read(log.Lines)));
        return 0;
    }

    private static async Task EachAsync(int[] sizes, string[] args, SweepWriter log)
    {
        var (program, leading) = ProgramRun.Self;
        string[] rest = [.. args.Chunk(2).Where(pair => pair[0] is not ("--sizes" or "--output")).SelectMany(pair => pair)];
        foreach (var size in sizes)
        {
            var end = await ProgramRun.RunAsync(
                program,
                [.. leading, "growth", "--sizes", size.ToString(CultureInfo.InvariantCulture), .. rest],
                TimeSpan.FromDays(2),
                line =>
                {
                    // Each says on what machine it ran, which is this one.
                    if (line.StartsWith('{') && !(log.Lines.Count > 0 && line.StartsWith("{\"machine\"", StringComparison.Ordinal))) log.WriteText(line);
                },
                echoErrors: true);
            if (end.Failure is { } failure) Console.Error.WriteLine($"{size} vectors: {failure}");
        }
    }

    private static void One(int size, string[] kinds, VerbOptions options, SweepWriter log)
    {
        var dimension = options.Number("dimension", 128);
        var folder = options.Find("folder");
        if (folder is not null) Directory.CreateDirectory(folder);
        kinds = [.. kinds.Where(kind => Fits(kind, size, dimension, folder, log))];
        if (kinds.Length == 0) return;
        var set = new GeneratedSet(size, dimension);
        Console.Error.WriteLine($"{Text(size)} vectors: exact answers for {ForTuning + Measured} queries");
        var queries = GrowthQueries.Answer(set, ForTuning, Measured);
        var target = double.Parse(options.Find("target") ?? "0.95", CultureInfo.InvariantCulture);
        Console.Error.WriteLine($"{Text(size)} vectors: {string.Join(", ", kinds)}");
        new GrowthStep(set, queries, target, folder, log.Write).Run(kinds);
    }

    private static bool Fits(string kind, int size, int dimension, string? folder, SweepWriter log)
    {
        var (peak, available) = (GrowthMemory.Peak([kind], size, dimension), GrowthMemory.Available());
        var disk = kind == "hnsw-frozen" ? GrowthMemory.FrozenFile(size, dimension) : 0;
        var free = new DriveInfo(folder ?? Path.GetTempPath()).AvailableFreeSpace;
        var fits = peak < available && disk < free;
        Console.Error.WriteLine($"{Text(size)} vectors, {kind}: about {Gigabytes(peak)} in memory of {Gigabytes(available)} that are free{(disk > 0 ? $", {Gigabytes(disk)} on the disk of {Gigabytes(free)}" : "")}{(fits ? "" : ": left out")}");
        if (!fits) log.Write(new { engine = $"ours-{kind}", set = $"generated-{size}", skipped = $"{Gigabytes(peak)} in memory and {Gigabytes(disk)} on the disk are not free" });
        return fits;
    }

    private static string Text(int size) => size.ToString("N0", CultureInfo.InvariantCulture);

    private static string Gigabytes(long bytes) => (bytes / 1e9).ToString("0.0", CultureInfo.InvariantCulture) + " GB";
}
