using System.Net;
using System.Net.Sockets;

namespace Search.Testing;

/// <summary>A loopback port that nothing listened on a moment ago.</summary>
public static class FreePort
{
    /// <summary>Below 20,000 so that offsets derived from it (the broker's own ports) stay ports.</summary>
    public static int Next()
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, Random.Shared.Next(7_000, 20_000));
            try
            {
                listener.Start();
                return ((IPEndPoint)listener.LocalEndpoint).Port;
            }
            catch (SocketException)
            {
                // Taken; another one.
            }
        }
    }
}
