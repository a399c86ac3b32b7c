using Search.Benchmarks.Ann;
using Search.Benchmarks.Comparison;
using Search.Benchmarks.Growth;
using Search.Benchmarks.Inference;
using Search.Benchmarks.Kernels;
using Search.Benchmarks.Latency;
using Search.Benchmarks.Throughput;

namespace Search.Benchmarks;

/// <summary>Every benchmark by the verb that starts it. A verb gets the arguments after its name and returns the exit code.</summary>
internal static class BenchmarkCatalogue
{
    internal static readonly IReadOnlyDictionary<string, Func<string[], Task<int>>> Verbs = new Dictionary<string, Func<string[], Task<int>>>(StringComparer.Ordinal)
    {
        ["beside-writer"] = BesideWriterVerb.RunAsync,
        ["compare"] = CompareVerb.RunAsync,
        ["frozen-file"] = FrozenFileVerb.RunAsync,
        ["exact"] = ExactVerb.RunAsync,
        ["growth"] = GrowthVerb.RunAsync,
        ["imaging"] = Imaging.ImagingBenchmark.RunAsync,
        ["indexes"] = IndexVerb.RunAsync,
        ["inference"] = InferenceVerb.RunAsync,
        ["kernels"] = KernelsVerb.RunAsync,
        ["latency"] = LatencyVerb.RunAsync,
        ["picture"] = PictureVerb.RunAsync,
        ["retrieval"] = RetrievalVerb.RunAsync,
        ["throughput"] = ThroughputVerb.RunAsync,
        ["tuning"] = TuningVerb.RunAsync,
    };
}
