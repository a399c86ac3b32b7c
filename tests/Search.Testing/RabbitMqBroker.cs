using System.Globalization;

namespace Search.Testing;

/// <summary>A real RabbitMQ on a free loopback port, started by the repository's own script and stopped with the test class.</summary>
public sealed class RabbitMqBroker : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly bool _started;

    public RabbitMqBroker()
    {
        if (!OperatingSystem.IsLinux() || !Directory.Exists("/usr/lib/rabbitmq"))
        {
            WhyNot = "RabbitMQ is not installed; scripts/rabbitmq.sh install gets it.";
            return;
        }
        var port = FreePort.Next();
        RepositoryScript.Run("rabbitmq.sh", "start", _folder.Path, port.ToString(CultureInfo.InvariantCulture));
        _started = true;
        Address = $"amqp://guest:guest@127.0.0.1:{port}/";
    }

    /// <summary>Empty when the broker can't run here.</summary>
    public string Address { get; } = "";

    /// <summary>Why there is no broker; null when there is one.</summary>
    public string? WhyNot { get; }

    public void Dispose()
    {
        if (_started)
            RepositoryScript.Run("rabbitmq.sh", "stop", _folder.Path);
        _folder.Dispose();
    }
}
