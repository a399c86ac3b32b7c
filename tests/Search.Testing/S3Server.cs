using System.Globalization;

namespace Search.Testing;

/// <summary>A real S3 server on a free loopback port, started by the repository's own script and stopped with the test class.</summary>
public sealed class S3Server : IDisposable
{
    // As the script says.
    public const string Bucket = "search", AccessKey = "search-access", SecretKey = "search-secret";

    private readonly TemporaryFolder _folder = new();
    private readonly bool _started;

    public S3Server()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "radosgw"))))
        {
            WhyNot = "No S3 server is installed; scripts/s3.sh install gets one.";
            return;
        }
        var port = FreePort.Next();
        RepositoryScript.Run("s3.sh", "start", _folder.Path, port.ToString(CultureInfo.InvariantCulture));
        _started = true;
        Endpoint = $"http://127.0.0.1:{port}";
    }

    /// <summary>Empty when the server can't run here.</summary>
    public string Endpoint { get; } = "";

    /// <summary>Why there is no server; null when there is one.</summary>
    public string? WhyNot { get; }

    public void Dispose()
    {
        if (_started)
            RepositoryScript.Run("s3.sh", "stop", _folder.Path);
        _folder.Dispose();
    }
}
