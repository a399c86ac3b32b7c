namespace Search.Benchmarks.Kernels;

/// <summary>
/// Nanoseconds a vector of every kernel of <c>Search.Vectors</c>, on each path this process may take (switch others on or off with
/// <c>DOTNET_EnableAVX512=0</c>, <c>DOTNET_EnableAVXVNNI=0</c>, <c>DOTNET_EnableAVX2=0</c>). The scalar twin is the baseline.
/// </summary>
internal static class KernelsVerb
{
    internal static Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "dimensions", "rounds", "only");
        var timer = new KernelTimer(options.Number("rounds", 9));
        var only = options.Find("only");
        foreach (var dimension in (options.Find("dimensions") ?? "128,784").Split(',').Select(int.Parse))
        {
            foreach (var (name, measure) in _groups)
            {
                if (only is null || only == name) measure(timer, dimension);
            }
        }
        return Task.FromResult(0);
    }

    // A group of kernels is one file here and one line.
    private static readonly (string Name, Action<KernelTimer, int> Measure)[] _groups =
    [
        ("pairs", PairKernelCases.Measure),
        ("codes", CodeKernelCases.Measure),
        ("rows", RowKernelCases.Measure),
        ("codeRows", CodeRowKernelCases.Measure),
        ("halves", HalfKernelCases.Measure),
        ("quantizers", QuantizerCases.Measure),
    ];
}
