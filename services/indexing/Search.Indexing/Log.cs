using Search.Contracts;

namespace Search.Indexing;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Events can't be published; they are kept and tried again in {Pause}")]
    internal static partial void PublishFailed(ILogger logger, TimeSpan pause, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Loose content could not be cleaned; it is tried again")]
    internal static partial void CleaningFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Reconciliation failed; it is tried again")]
    internal static partial void ReconciliationFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pictures that did not finish are sent again")]
    internal static partial void Resent(ILogger logger, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pictures are not indexed under the active model {Model} and are sent again")]
    internal static partial void ResentForModel(ILogger logger, int count, EmbeddingModelId model);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} pictures were sent again that {Model} lacked; its collection is filled when they have come back")]
    internal static partial void SentToFill(ILogger logger, long count, string model);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Collections can't be filled now; it is tried again")]
    internal static partial void FillingFailed(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Import finished: {Accepted} accepted, {Unchanged} unchanged, {Rejected} rejected")]
    internal static partial void Imported(ILogger logger, int accepted, int unchanged, int rejected);

    [LoggerMessage(Level = LogLevel.Error, Message = "Import line {Line} failed")]
    internal static partial void ImportLineFailed(ILogger logger, int line, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection of {Model} is gone; what was known of {Count} pictures under it is forgotten")]
    internal static partial void ModelForgotten(ILogger logger, EmbeddingModelId model, int count);
}
