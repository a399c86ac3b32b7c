using Search.Contracts;

namespace Search.Ann.Local;

internal static partial class LocalLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "{Sources} segments of {Model} became one of {Count} pictures in {Elapsed}")]
    internal static partial void Merged(ILogger logger, EmbeddingModelId model, int sources, int count, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Error, Message = "Segments of {Model} could not be merged; searches go on in them")]
    internal static partial void MergeFailed(ILogger logger, EmbeddingModelId model, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The efforts kept for {Model} cannot be read; they are chosen anew")]
    internal static partial void EffortsUnreadable(ILogger logger, EmbeddingModelId model, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} of the efforts kept for {Model} are of segments that are gone, and are ignored")]
    internal static partial void EffortsOfOthers(ILogger logger, EmbeddingModelId model, int count);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Folder}' is of a collection that was dropped and can't be deleted now; it is tried again at the next start")]
    internal static partial void LeftoverKept(ILogger logger, string folder, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "'{Folder}' is no collection: its name is no model id or it has no files")]
    internal static partial void FolderIgnored(ILogger logger, string folder);
}
