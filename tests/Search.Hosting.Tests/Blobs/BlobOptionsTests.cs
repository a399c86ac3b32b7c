using Search.Hosting.Blobs;

namespace Search.Hosting.Tests.Blobs;

public sealed class BlobOptionsTests
{
    [Fact]
    public void FilesNeedNothing_AndABucketOnAwsItsNameAlone()
    {
        Assert.Empty(Errors(new BlobOptions()));
        Assert.Empty(Errors(new BlobOptions { Store = BlobStoreKind.S3, S3 = { Bucket = "shop" } }));
    }

    [Fact]
    public void EveryMistake_IsToldAtOnceByTheNameOfItsSetting()
    {
        var errors = Errors(new BlobOptions { Store = BlobStoreKind.S3, S3 = { Endpoint = "minio:9000", Prefix = "/Shop", AccessKey = "key" } });
        Assert.Equal(["Blobs:S3:Bucket", "Blobs:S3:Endpoint", "Blobs:S3:Prefix", "Blobs:S3:AccessKey"], errors.Select(e => e.Split(' ')[0]));
        Assert.Equal("Blobs:Store", Assert.Single(Errors(new BlobOptions { Store = (BlobStoreKind)7 })).Split(' ')[0]);
    }

    private static string[] Errors(BlobOptions options) => [.. new BlobOptionsValidator().Validate(null, options).Failures ?? []];
}
