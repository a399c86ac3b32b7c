namespace Search.Benchmarks.Comparison;

/// <summary>
/// The engines a user would otherwise pick, by the programs that measure them: <c>hnswlib_peer</c>, <c>faiss_peer.py</c> and <c>usearch_peer.mjs</c> in one folder. They take the field's usual parameters, M 16 and
/// efConstruction 200; where the setting is not efSearch, a range from hardly enough to nearly exact.
/// </summary>
internal static class PeerEngines
{
    private const string Python = "/usr/bin/python3";
    private const string GraphEfforts = "10,20,40,80,160,320";
    private const string Probes = "1,2,4,8,16,32,64,128";

    internal static IEnumerable<Contender> All(string folder, string? efforts)
    {
        folder = Path.GetFullPath(folder);
        var ef = efforts ?? GraphEfforts;
        var hnswlib = Path.Combine(folder, "hnswlib_peer");
        yield return new Contender("hnswlib", hnswlib, (sets, set) => [sets, set, "16", "200", ef])
        {
            MissingAsync = () => Task.FromResult(Absent(hnswlib, "apt-get install libhnswlib-dev g++, then g++ -O3 -march=native -std=c++17 -pthread hnswlib_peer.cpp -o hnswlib_peer")),
        };
        foreach (var (factory, settings) in (IEnumerable<(string, string)>)
            [("HNSW16", ef), ("HNSW16_SQ8", ef), ("IVF1024,Flat", Probes), ("Flat", "0"), ("LSH", "0"), ("LSHrt", "0")])
            yield return Faiss(Path.Combine(folder, "faiss_peer.py"), factory, settings);
        foreach (var scalar in (string[])["f32", "f16", "i8"])
            yield return Usearch(Path.Combine(folder, "usearch_peer.mjs"), scalar, ef);
    }

    private static Contender Faiss(string script, string factory, string settings) => new($"faiss-{factory}", Python, (sets, set) => [script, sets, set, factory, settings])
    {
        MissingAsync = async () => Absent(script, "the peers' own folder has it") ?? await UnlessAsync(Python, ["-c", "import faiss, numpy"], "apt-get install python3-faiss python3-numpy"),
    };

    private static Contender Usearch(string script, string scalar, string ef) => new($"usearch-{scalar}", "node", (sets, set) => [script, sets, set, scalar, "16", "200", ef])
    {
        // A module is looked for from where the script lies.
        MissingAsync = async () => Absent(script, "the peers' own folder has it")
            ?? await UnlessAsync("node", ["-e", "require(require('module').createRequire(process.argv[1]).resolve('usearch'))", script], $"apt-get install nodejs npm, then npm install usearch beside {Path.GetFileName(script)}"),
    };

    private static string? Absent(string path, string remedy) => File.Exists(path) ? null : $"{path} is not there; to have it: {remedy}";

    private static async Task<string?> UnlessAsync(string program, string[] arguments, string remedy)
    {
        var end = await ProgramRun.RunAsync(program, arguments, TimeSpan.FromMinutes(1), _ => { });
        return end.Failure is null ? null : $"'{program}' cannot load it ({Told(end.Failure)}); to have it: {remedy}";
    }

    /// <summary>The line of a trace that says what is wrong.</summary>
    private static string Told(string failure)
    {
        var lines = failure.Split(" | ");
        return Array.FindLast(lines, line => line.Contains("Error", StringComparison.Ordinal)) ?? lines[^1];
    }
}
