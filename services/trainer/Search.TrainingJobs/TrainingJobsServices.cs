using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;
using Search.Registry;
using Search.TrainingJobs.Http;
using Search.TrainingJobs.Jobs;
using Search.TrainingJobs.Queries;
using Search.TrainingJobs.Requests;
using Search.TrainingJobs.Running;

namespace Search.TrainingJobs;

public static class TrainingJobsServices
{
    /// <summary>Adds the trainer service: the queue of jobs, the one that runs them, and handlers. No torch comes into this process. Then <c>MapTrainingJobs</c>.</summary>
    public static WebApplicationBuilder AddTrainingJobs(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var services = builder.Services;
        services.AddOptions<TrainingOptions>().BindConfiguration(TrainingOptions.Section).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TrainingOptions>, TrainingOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        services.AddModelRegistry();

        services.AddSingleton<JobStore>();
        services.AddSingleton<JobFolders>();
        services.AddSingleton<JobNews>();
        services.AddHostedService(provider => provider.GetRequiredService<JobNews>());
        services.AddSingleton<TrainingRoot>();
        services.AddSingleton<TrainerProgram>();
        services.AddSingleton<RecipeCheck>();
        services.AddSingleton<ModelVersions>();
        services.AddSingleton<StartingModels>();
        services.AddSingleton<JobAdmission>();
        services.AddSingleton<ModelRelease>();
        services.AddSingleton<JobRun>();
        services.AddSingleton<JobRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
        services.AddSingleton<JobDesk>();

        services.AddQueryHandler<StartTrainingJob, TrainingJob, StartTrainingJobHandler>("trainer.start-training-job");
        services.AddQueryHandler<CancelTrainingJob, TrainingJob, CancelTrainingJobHandler>("trainer.cancel-training-job");
        services.AddQueryHandler<GetTrainingJob, TrainingJob, GetTrainingJobHandler>("trainer.get-training-job");
        services.AddQueryHandler<ListTrainingJobs, TrainingJobPage, ListTrainingJobsHandler>("trainer.list-training-jobs");
        return builder;
    }

    public static WebApplication MapTrainingJobs(this WebApplication app)
    {
        JobEndpoints.Map(app);
        return app;
    }
}
