using Search.Contracts;
using Search.TrainingJobs.Running;

namespace Search.TrainingJobs.Requests;

/// <summary>
/// Asks the trainer itself whether a run may start with a recipe: what it refuses here it would refuse an hour later. It takes a process and about half a second, and no torch comes into this one.
/// </summary>
internal sealed class RecipeCheck(TrainerProgram program, TimeProvider time) : IDisposable
{
    private const string ErrorMark = "error: ";

    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(1);

    private readonly SemaphoreSlim _one = new(1);

    /// <returns>What is wrong with it, all of it; null for nothing.</returns>
    /// <exception cref="ServiceProblemException">503: the trainer is not there, or did not answer.</exception>
    public async Task<string?> FindErrorAsync(string recipe, CancellationToken cancellation)
    {
        var file = Path.Combine(Path.GetTempPath(), $"search-recipe-{Guid.NewGuid():n}.json");
        await _one.WaitAsync(cancellation);
        try
        {
            await File.WriteAllTextAsync(file, recipe, cancellation);
            using var limit = new CancellationTokenSource(s_limit, time);
            using var end = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
            var exit = await new TrainerProcess(program.Start("check", "--recipe", file), TimeSpan.FromSeconds(1), time).RunAsync(_ => { }, log: null, end.Token);
            cancellation.ThrowIfCancellationRequested();
            if (exit.Code == 0)
                return null;
            if (limit.IsCancellationRequested)
                throw new ServiceProblemException(ServiceProblem.Unavailable($"The trainer did not look at the recipe within {s_limit.TotalSeconds:0} s."));
            var said = exit.LastLines.FirstOrDefault(line => line.StartsWith(ErrorMark, StringComparison.Ordinal));
            return (said?[ErrorMark.Length..] ?? $"The recipe can't be checked: {exit.Reason()}").Replace($" '{file}'", "", StringComparison.Ordinal);
        }
        finally
        {
            _one.Release();
            File.Delete(file);
        }
    }

    public void Dispose() => _one.Dispose();
}
