using System.Threading.Channels;
using Search.Contracts.Messages;
using Search.Hosting.Messaging;

namespace Search.TrainingJobs.Jobs;

/// <summary>Tells the others how jobs go. A broker that is away delays the news, never a job: of too many that wait, the oldest are left out, and who must know asks.</summary>
internal sealed partial class JobNews(IEventBus bus, ILogger<JobNews> logger) : BackgroundService
{
    private const int MaxWaiting = 256;

    private readonly Channel<TrainingJobChanged> _waiting =
        Channel.CreateBounded<TrainingJobChanged>(new BoundedChannelOptions(MaxWaiting) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    public void Tell(TrainingJob job) => _waiting.Writer.TryWrite(new TrainingJobChanged { Job = job });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var news in _waiting.Reader.ReadAllAsync(stoppingToken))
        {
            try
            {
                await bus.PublishAsync(news, stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogNotTold(logger, news.Job.Id, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The news of training job {Id} can't be published")]
    private static partial void LogNotTold(ILogger logger, long id, Exception exception);
}
