using Microsoft.Extensions.Logging;

namespace Search.Hosting.Messaging;

internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Error, Message = "The handler of {Query} failed")]
    internal static partial void QueryFailed(ILogger logger, string query, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Try {Tries} of {Event} in {Queue} failed; it is tried again")]
    internal static partial void EventFailed(ILogger logger, string @event, string queue, int tries, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Event} in {Queue} is given up after {Tries} tries")]
    internal static partial void EventGivenUp(ILogger logger, string @event, string queue, int tries, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No answer to {Query} within {Deadline}")]
    internal static partial void QueryTimedOut(ILogger logger, string query, TimeSpan deadline);
}
