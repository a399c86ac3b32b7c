using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.TrainingJobs.Jobs;
using Search.TrainingJobs.Running;

namespace Search.TrainingJobs.Requests;

/// <summary>Lets a job into the queue, or says everything that is wrong with it.</summary>
internal sealed partial class JobAdmission(
    JobStore store, TrainingRoot root, TrainerProgram program, RecipeCheck recipes, ModelVersions versions, StartingModels models, IOptions<TrainingOptions> options) : IDisposable
{
    private const int MaxNote = 500;

    private readonly SemaphoreSlim _one = new(1);

    /// <exception cref="ServiceProblemException">
    /// 400: the request is wrong, or nothing is there to train on. 409: the version is taken. 429: the queue is full. 503: the trainer or its weights are missing.
    /// </exception>
    public async Task<TrainingJob> AdmitAsync(StartTrainingJob request, CancellationToken cancellation)
    {
        root.Require();
        program.Require();
        root.Weights();
        RequireRoom();
        var errors = Errors(request);
        if (request.Recipe is { } recipe && Encoding.UTF8.GetByteCount(recipe) <= options.Value.MaxRecipeBytes && await recipes.FindErrorAsync(recipe, cancellation) is { } error)
            errors.Add(error);
        if (request.StartFrom is { } named)
        {
            var (model, unknown) = await models.FindAsync(named, cancellation);
            request = request with { StartFrom = model };
            if (unknown is not null)
                errors.Add(unknown);
        }
        if (errors.Count > 0)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Training job can't be started", string.Join(" ", errors)));
        // One at a time: the version is looked for and taken in one go.
        await _one.WaitAsync(cancellation);
        try
        {
            RequireRoom();
            var taken = await versions.TakenAsync(request.Name, cancellation);
            if (request.Version is { } version && taken.Contains(version))
                throw new ServiceProblemException(ServiceProblem.Conflict(
                    "Version is taken", $"{request.Name} {version} is published or about to be, and a published version never changes. The next one is {ModelVersions.Next(taken)}."));
            return store.Add(request, request.Version ?? ModelVersions.Next(taken));
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    private void RequireRoom()
    {
        var queued = store.Open().Count(job => job.State == TrainingJobState.Queued);
        if (queued >= options.Value.MaxQueued)
            throw new ServiceProblemException(new ServiceProblem(
                StatusCodes.Status429TooManyRequests, "queue-full", "Queue is full", $"{queued} training jobs wait already. Cancel one of them, or come back when one has ended.", RetryAfterSeconds: 60));
    }

    private List<string> Errors(StartTrainingJob request)
    {
        List<string> errors = [];
        void Require(bool holds, string error)
        {
            if (!holds)
                errors.Add(error);
        }

        Require(Name().IsMatch(request.Name), "'name' is up to 64 lower-case letters, digits, dots, dashes and underscores, the first a letter or digit.");
        Require(request.Version is null || ModelVersions.IsVersion(request.Version), "'version' is a semantic version in lower case, e.g. 1.2.0.");
        Require(request.Seed >= 0, $"'seed' is {request.Seed}, not at least 0.");
        Require(request.Note.Length <= MaxNote, $"'note' has {request.Note.Length} characters; {MaxNote} are taken.");
        Require(request.Recipe is null || Encoding.UTF8.GetByteCount(request.Recipe) <= options.Value.MaxRecipeBytes, $"'recipe' has more than {options.Value.MaxRecipeBytes} bytes.");
        Require(request.Catalogue is null || request.Catalogue != request.JudgingCatalogue, "'judgingCatalogue' is the catalogue that is trained on; judge by another one.");
        TryPath(() => root.Photos(request.Photos), "photos", errors);
        if (request.Catalogue is { } catalogue)
            TryPath(() => root.Catalogue(catalogue), "catalogue", errors);
        if (request.JudgingCatalogue is { } judging)
            TryPath(() => root.Catalogue(judging), "judgingCatalogue", errors);
        return errors;
    }

    private static void TryPath(Action resolve, string field, List<string> errors)
    {
        try
        {
            resolve();
        }
        catch (ServiceProblemException e)
        {
            errors.Add($"'{field}': {e.Problem.Detail}");
        }
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9._-]{0,63}\z")]
    private static partial Regex Name();
}
