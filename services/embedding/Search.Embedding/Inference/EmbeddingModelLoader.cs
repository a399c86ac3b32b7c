using Microsoft.Extensions.Options;
using Search.Models;

namespace Search.Embedding;

/// <summary>From checked files to a model that runs as the options say.</summary>
internal sealed partial class EmbeddingModelLoader(
    IOptions<EmbeddingOptions> options, ModelSessionFactory sessions, TimeProvider time, ILogger<EmbeddingModelLoader> logger)
{
    /// <exception cref="InvalidModelException">The model can't be served.</exception>
    public EmbeddingModel Load(VerifiedModel verified)
    {
        var settings = options.Value;
        var session = sessions.Create(verified, settings);
        try
        {
            var batches = session.Provider.PrefersBatches;
            var runners = settings.Runners > 0 ? settings.Runners : batches ? 1 : Math.Max(1, Environment.ProcessorCount / settings.IntraOpThreads);
            var batch = settings.MaxBatchSize > 0 ? settings.MaxBatchSize : batches ? 32 : 1;
            var policy = new BatchPolicy(batch, TimeSpan.FromMilliseconds(settings.BatchDeadlineMs), settings.QueueCapacity);
            var model = new EmbeddingModel(verified, session, policy, runners, time);
            LogLoaded(logger, model.Id.Value, session.Provider.Name, runners, batch);
            return model;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Model {Model} is loaded on {Provider}: {Runners} runners, batches up to {MaxBatch}")]
    private static partial void LogLoaded(ILogger logger, string model, string provider, int runners, int maxBatch);
}
