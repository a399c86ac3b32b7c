using Search.Ann.Indexes.Tuning;
using Search.Contracts;

namespace Search.Ann;

internal static partial class AnnLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "The collection of {Model} is loaded with {Count} pictures")]
    internal static partial void CollectionLoaded(ILogger logger, EmbeddingModelId model, int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The collection of {Model} cannot be opened; its files stay as they are")]
    internal static partial void CollectionDamaged(ILogger logger, EmbeddingModelId model, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection of {Model} with {Count} pictures was written to a snapshot in {Elapsed}")]
    internal static partial void SnapshotTaken(ILogger logger, EmbeddingModelId model, int count, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Error, Message = "No snapshot of {Model} could be taken; its journal grows until one can")]
    internal static partial void SnapshotFailed(ILogger logger, EmbeddingModelId model, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Index} index of {Model} with {Count} pictures is searched at another effort from now on ({Outcome}): {Measured}")]
    internal static partial void EffortTuned(ILogger logger, EmbeddingModelId model, string index, int count, TuningOutcome outcome, MeasuredRecall measured);

    [LoggerMessage(Level = LogLevel.Information, Message = "The {Index} index of {Model} with {Count} pictures is searched at the effort chosen before: {Measured}")]
    internal static partial void EffortRestored(ILogger logger, EmbeddingModelId model, string index, int count, MeasuredRecall measured);

    [LoggerMessage(Level = LogLevel.Information, Message = "The effort kept for the {Index} index of {Model} was chosen for {CountThen} pictures and a recall of {TargetThen}; it has {Count} and is to reach {Target}, so another is chosen")]
    internal static partial void EffortOutdated(ILogger logger, EmbeddingModelId model, string index, int countThen, double targetThen, int count, double target);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The efforts chosen for {Model} cannot be kept; the next start chooses them anew")]
    internal static partial void EffortsNotKept(ILogger logger, EmbeddingModelId model, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No effort could be chosen for the {Index} index of {Model}; it stays as it is")]
    internal static partial void TuningFailed(ILogger logger, EmbeddingModelId model, string index, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "Revision {Revision} of {Key} came after a newer one and was ignored")]
    internal static partial void StaleIgnored(ILogger logger, string key, long revision);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A vector of {Item} came after its model {Model} was released and was ignored")]
    internal static partial void ReleasedIgnored(ILogger logger, EmbeddingModelId model, string item);

    [LoggerMessage(Level = LogLevel.Information, Message = "The collection of {Model} is dropped: {Reason}")]
    internal static partial void CollectionDropped(ILogger logger, EmbeddingModelId model, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Model} has a collection here and is not in the model registry; the collection is dropped after {Grace}")]
    internal static partial void CollectionOfUnknown(ILogger logger, EmbeddingModelId model, TimeSpan grace);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Collections of released models can't be dropped now; it is tried again")]
    internal static partial void DroppingFailed(ILogger logger, Exception exception);
}
