using Search.Testing;

namespace Search.Registry.Tests;

public sealed class FileModelRegistryTests : ModelRegistryContract
{
    protected override IEnumerable<KeyValuePair<string, string?>> Settings() => [];
}

public sealed class S3ModelRegistryTests(S3Server server) : ModelRegistryContract, IClassFixture<S3Server>
{
    protected override IEnumerable<KeyValuePair<string, string?>> Settings()
    {
        if (server.WhyNot is { } reason)
            Assert.Skip(reason);
        return
        [
            new("Blobs:Store", "S3"),
            new("Blobs:S3:Bucket", S3Server.Bucket),
            new("Blobs:S3:Endpoint", server.Endpoint),
            new("Blobs:S3:Prefix", $"tests/{Guid.NewGuid():n}"),
            new("Blobs:S3:AccessKey", S3Server.AccessKey),
            new("Blobs:S3:SecretKey", S3Server.SecretKey),
        ];
    }
}
