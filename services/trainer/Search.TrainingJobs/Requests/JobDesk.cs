using Search.Contracts;
using Search.Contracts.Messages;
using Search.TrainingJobs.Jobs;
using Search.TrainingJobs.Running;

namespace Search.TrainingJobs.Requests;

/// <summary>What can be asked about training jobs, whether it comes over HTTP or the bus. Safe for concurrent use.</summary>
internal sealed class JobDesk(JobAdmission admission, JobStore store, JobRunner runner, JobNews news)
{
    public const int LargestPage = 200;

    /// <exception cref="ServiceProblemException">See <see cref="JobAdmission.AdmitAsync"/>.</exception>
    public async Task<TrainingJob> StartAsync(StartTrainingJob request, CancellationToken cancellation)
    {
        var job = await admission.AdmitAsync(request, cancellation);
        news.Tell(job);
        runner.Wake();
        return job;
    }

    /// <exception cref="ServiceProblemException">404: there is no such job. 409: it has ended.</exception>
    public TrainingJob Cancel(long id)
    {
        var before = runner.Cancel(id) ?? throw Unknown(id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        if (before.State is not (TrainingJobState.Queued or TrainingJobState.Running))
            throw new ServiceProblemException(ServiceProblem.Conflict("Job has ended", $"Training job {id} has {(before.State == TrainingJobState.Cancelled ? "been cancelled" : before.State.ToString().ToLowerInvariant())} already."));
        var job = Get(id);
        if (before.State == TrainingJobState.Queued)
            news.Tell(job);
        return job;
    }

    /// <exception cref="ServiceProblemException">404: there is no such job.</exception>
    public TrainingJob Get(long id) => store.Find(id) ?? throw Unknown(id.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <exception cref="ServiceProblemException">400: the limit is out of range.</exception>
    public TrainingJobPage List(ListTrainingJobs request)
    {
        if (request.Limit is < 1 or > LargestPage)
            throw new ServiceProblemException(ServiceProblem.InvalidRequest("Bad limit", $"'limit' is 1 to {LargestPage}; got {request.Limit}."));
        // One more than asked for tells whether there is a next page.
        var jobs = store.List(request.After, request.Limit + 1, request.State);
        TrainingJob[] page = [.. jobs.Take(request.Limit)];
        return new TrainingJobPage { Jobs = page, Next = jobs.Count > page.Length ? page[^1].Id : null };
    }

    /// <param name="id">As the caller wrote it.</param>
    public static ServiceProblemException Unknown(string id) => new(ServiceProblem.NotFound("Unknown training job", $"There is no training job '{id}'; GET /v1/training-jobs lists them."));
}
