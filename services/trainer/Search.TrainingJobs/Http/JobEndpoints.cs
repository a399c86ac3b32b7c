using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Hosting.Problems;
using Search.TrainingJobs.Jobs;
using Search.TrainingJobs.Requests;

namespace Search.TrainingJobs.Http;

/// <summary>Training jobs over HTTP. Who may call is the gateway's to say.</summary>
internal static class JobEndpoints
{
    private const string Path = "/v1/training-jobs";
    private const int DefaultPage = 50;

    /// <summary>The body beside its recipe.</summary>
    private const int OtherBytes = 16 * 1024;

    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost(Path, StartAsync).WithSummary("Queue a training job");
        routes.MapGet(Path, List).WithSummary("Training jobs, newest first, page by page");
        routes.MapGet(Path + "/{id}", (string id, JobDesk desk) => TypedResults.Ok(desk.Get(Number(id)))).WithSummary("A training job with its progress");
        routes.MapPost(Path + "/{id}/cancel", (string id, JobDesk desk) => TypedResults.Ok(desk.Cancel(Number(id)))).WithSummary("End a job that is queued or running");
        routes.MapGet(Path + "/{id}/recipe", Recipe).WithSummary("What its recipe changes of the default one");
        routes.MapGet(Path + "/{id}/curves", (string id, JobDesk desk, JobStore store, JobFolders folders) => Lines(id, desk, store, folders, folder => folder.Curves, "application/x-ndjson"))
            .WithSummary("Every step so far, a JSON object a line");
        routes.MapGet(Path + "/{id}/log", (string id, JobDesk desk, JobStore store, JobFolders folders) => Lines(id, desk, store, folders, folder => folder.Log, "text/plain; charset=utf-8"))
            .WithSummary("What its run said to people");
    }

    private static async Task<IResult> StartAsync(HttpContext context, JobDesk desk, IOptions<TrainingOptions> options)
    {
        context.Request.LimitBody(options.Value.MaxRecipeBytes + OtherBytes);
        var job = await desk.StartAsync(await StartBody.ReadAsync(context.Request, context.RequestAborted), context.RequestAborted);
        return TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"{Path}/{job.Id}"), job);
    }

    private static Ok<TrainingJobPage> List(JobDesk desk, string? state, long? after, int limit = DefaultPage) =>
        TypedResults.Ok(desk.List(new ListTrainingJobs { After = after, Limit = limit, State = state is null ? null : State(state) }));

    private static ContentHttpResult Recipe(string id, JobDesk desk, JobStore store) => TypedResults.Text(store.Recipe(desk.Get(Number(id)).Id) ?? "{}", "application/json");

    /// <summary>Empty until the run has written its first line.</summary>
    private static IResult Lines(string id, JobDesk desk, JobStore store, JobFolders folders, Func<JobFolder, string> file, string contentType)
    {
        var job = desk.Get(Number(id));
        if (!store.HasFiles(job.Id))
            throw new ServiceProblemException(ServiceProblem.NotFound("No longer kept", $"The files of training job {job.Id} have been deleted; those of the latest jobs are kept (Training:KeepFiles)."));
        try
        {
            var stream = new FileStream(file(folders.Of(job)), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            // Without a length: the run writes on while this is sent.
            return TypedResults.Stream(
                async body =>
                {
                    await using (stream)
                        await stream.CopyToAsync(body);
                },
                contentType);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return TypedResults.Text("", contentType);
        }
    }

    private static long Number(string id) =>
        long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : throw JobDesk.Unknown(id.Length <= 40 ? id : id[..40] + "…");

    private static TrainingJobState State(string text)
    {
        foreach (var state in Enum.GetValues<TrainingJobState>())
        {
            if (string.Equals(state.ToString(), text, StringComparison.OrdinalIgnoreCase))
                return state;
        }
        throw new ServiceProblemException(ServiceProblem.InvalidRequest("Bad state", $"'state' is {string.Join(", ", Enum.GetNames<TrainingJobState>().Select(name => name.ToLowerInvariant()))}."));
    }
}
