namespace Search.Hosting.Blobs;

/// <summary>Configuration section <c>Blobs</c>: where catalogue pictures, query pictures and published models are kept. All services of a suite need the same.</summary>
public sealed class BlobOptions
{
    public const string Section = "Blobs";

    /// <summary>Files: below <c>Data:Directory</c>, for services on one machine. S3: in a bucket, for services on many. Default Files.</summary>
    public BlobStoreKind Store { get; set; }

    public S3BlobOptions S3 { get; set; } = new();
}

/// <summary>What keeps the blobs.</summary>
public enum BlobStoreKind
{
    Files = 0,
    S3 = 1,
}
