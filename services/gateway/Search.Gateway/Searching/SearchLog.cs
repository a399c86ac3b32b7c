namespace Search.Gateway.Searching;

internal static partial class SearchLog
{
    [LoggerMessage(Level = LogLevel.Information, Message = "Search {QueryId} by {Kind}: {Results} of {K} results in {TotalMs} ms, {Candidates} candidates")]
    internal static partial void Searched(ILogger logger, string queryId, string kind, int results, int k, double totalMs, int candidates);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The query picture {Key} could not be deleted")]
    internal static partial void QueryPictureLeft(ILogger logger, string key, Exception exception);
}
