using Search.Contracts;

namespace Search.Ann.Local;

internal static partial class LocalLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The collection of {Model} has {Count} pictures: a graph is being built beside exact search")]
    internal static partial void GrowthStarted(ILogger logger, EmbeddingModelId model, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "The graph of {Model} with {Count} pictures was built in {Elapsed} and answers from now on")]
    internal static partial void GrowthFinished(ILogger logger, EmbeddingModelId model, int count, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Error, Message = "The graph of {Model} could not be built; search stays exact")]
    internal static partial void GrowthFailed(ILogger logger, EmbeddingModelId model, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Folder}' is no collection: its name is no model id or it has no files")]
    internal static partial void FolderIgnored(ILogger logger, string folder);
}
