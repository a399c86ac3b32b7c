using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Search.Gateway.Access;

/// <summary>
/// Stops a process that listens beyond this machine without API keys. The addresses are known for certain only when the server has bound
/// them, so it looks then; until it has looked, <see cref="OpenAccess"/> refuses what comes from elsewhere.
/// </summary>
internal sealed class ListenCheck(IServer server, ApiKeys keys) : IHostedLifecycleService
{
    public Task StartedAsync(CancellationToken cancellationToken)
    {
        var open = server.Features.Get<IServerAddressesFeature>()?.Addresses.Where(a => !IsLocal(a)).ToList() ?? [];
        if (open.Count > 0 && !keys.Any)
        {
            throw new InvalidOperationException(
                $"The gateway listens on {string.Join(", ", open)}, which other machines can reach, and has no API keys. "
                + "Configure Gateway:Keys (--new-key NAME makes one), or listen on 127.0.0.1 only.");
        }
        return Task.CompletedTask;
    }

    internal static bool IsLocal(string address)
    {
        var parsed = BindingAddress.Parse(address);
        return parsed.IsUnixPipe || parsed.IsNamedPipe || LocalCallers.IsLocalName(parsed.Host);
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
