using Search.Benchmarks.Ann;

namespace Search.Benchmarks.Comparison;

/// <summary>Our configurations, each in a process of its own as the peers are: none finds the caches, the heap or the compiled code of another.</summary>
internal static class OurEngines
{
    internal static IEnumerable<Contender> All(string? efforts)
    {
        var (program, leading) = ProgramRun.Self;
        return SweepEngines.ByName.Select(engine => new Contender(
            $"ours-{engine.Key}",
            program,
            (sets, set) => [.. leading, "retrieval", "--sets", sets, "--set", set, "--indexes", engine.Key, .. engine.Value.IsGraph && efforts is not null ? new[] { "--efforts", efforts } : []]));
    }
}
