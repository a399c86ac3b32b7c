using Search.Testing;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>The same suite with its pictures and models in a bucket of a real S3 server.</summary>
public sealed class DistributedSuiteOverS3 : DistributedSuite
{
    private readonly S3Server _server = new();

    protected override IEnumerable<string> Settings
    {
        get
        {
            if (_server.WhyNot is { } reason)
                Assert.Skip(reason);
            return
            [
                "--Blobs:Store", "S3", "--Blobs:S3:Endpoint", _server.Endpoint, "--Blobs:S3:Bucket", S3Server.Bucket,
                "--Blobs:S3:AccessKey", S3Server.AccessKey, "--Blobs:S3:SecretKey", S3Server.SecretKey,
            ];
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        _server.Dispose();
    }
}
