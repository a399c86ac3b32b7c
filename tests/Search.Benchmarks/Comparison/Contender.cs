namespace Search.Benchmarks.Comparison;

/// <summary>An engine that runs as a program of its own and prints one JSON line for each effort.</summary>
/// <param name="Name">As in its lines.</param>
/// <param name="Program">What is started.</param>
/// <param name="Arguments">For the folder of sets and the name of one.</param>
internal sealed record Contender(string Name, string Program, Func<string, string, IEnumerable<string>> Arguments)
{
    /// <summary>Why it cannot run here and what would change that; null if it can. Asked once.</summary>
    internal Func<Task<string?>> MissingAsync { get; init; } = () => Task.FromResult<string?>(null);
}
