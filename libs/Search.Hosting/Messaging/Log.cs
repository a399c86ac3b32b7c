using Microsoft.Extensions.Logging;

namespace Search.Hosting.Messaging;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The handler of {Query} failed")]
    internal static partial void QueryFailed(ILogger logger, string query, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No answer to {Query} within {Deadline}")]
    internal static partial void QueryTimedOut(ILogger logger, string query, TimeSpan deadline);
}
