using System.Net;

namespace Search.Gateway.Access;

/// <summary>Tells who is on this machine.</summary>
internal static class LocalCallers
{
    /// <summary>The other end is this machine, and no proxy says that it speaks for somebody else.</summary>
    internal static bool IsLocal(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(address)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    /// <summary>The connection came in through the loopback interface (or a socket that has no address).</summary>
    internal static bool CameInLocally(ConnectionInfo connection) =>
        connection.LocalIpAddress is not { } address || IPAddress.IsLoopback(address);

    /// <summary>The name in the address bar means this machine.</summary>
    internal static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
