using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.TrainingJobs.Requests;

namespace Search.TrainingJobs.Queries;

internal sealed class StartTrainingJobHandler(JobDesk desk) : IQueryHandler<StartTrainingJob, TrainingJob>
{
    public Task<TrainingJob> HandleAsync(StartTrainingJob request, CancellationToken cancellation) => desk.StartAsync(request, cancellation);
}

internal sealed class CancelTrainingJobHandler(JobDesk desk) : IQueryHandler<CancelTrainingJob, TrainingJob>
{
    public Task<TrainingJob> HandleAsync(CancelTrainingJob request, CancellationToken cancellation) => Task.FromResult(desk.Cancel(request.Id));
}

internal sealed class GetTrainingJobHandler(JobDesk desk) : IQueryHandler<GetTrainingJob, TrainingJob>
{
    public Task<TrainingJob> HandleAsync(GetTrainingJob request, CancellationToken cancellation) => Task.FromResult(desk.Get(request.Id));
}

internal sealed class ListTrainingJobsHandler(JobDesk desk) : IQueryHandler<ListTrainingJobs, TrainingJobPage>
{
    public Task<TrainingJobPage> HandleAsync(ListTrainingJobs request, CancellationToken cancellation) => Task.FromResult(desk.List(request));
}
