namespace Search.Hosting.Blobs;

/// <summary>Configuration section <c>Blobs:S3</c>; counts only when <c>Blobs:Store</c> is S3.</summary>
public sealed class S3BlobOptions
{
    /// <summary>A bucket that exists; the services may list, read, write and delete in it.</summary>
    public string Bucket { get; set; } = "";

    /// <summary>Address of the S3 server, e.g. <c>http://minio:9000</c>. Default empty: AWS's own in <see cref="Region"/>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>Region of the bucket, e.g. <c>eu-central-1</c>. Default empty: with an endpoint us-east-1, which most servers go by; without one as the environment says.</summary>
    public string Region { get; set; } = "";

    /// <summary>Comes before every key, e.g. <c>shop/blobs</c>, so that one bucket can serve several suites. Default empty.</summary>
    public string Prefix { get; set; } = "";

    /// <summary>Whether the bucket stands in the path of a request and not in the host name. Default: with an endpoint yes, since few give each bucket a name of its own; without one no.</summary>
    public bool? PathStyle { get; set; }

    /// <summary>Default empty, then <see cref="SecretKey"/> too: credentials come from the standard places (environment, profile, web identity, container, instance).</summary>
    public string AccessKey { get; set; } = "";

    /// <summary>Belongs to <see cref="AccessKey"/>. Better given by environment variable than by command line, which others on the machine can read.</summary>
    public string SecretKey { get; set; } = "";
}
