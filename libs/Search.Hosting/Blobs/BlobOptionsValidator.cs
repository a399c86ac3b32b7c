using Microsoft.Extensions.Options;

namespace Search.Hosting.Blobs;

internal sealed class BlobOptionsValidator : IValidateOptions<BlobOptions>
{
    public ValidateOptionsResult Validate(string? name, BlobOptions options)
    {
        var errors = Errors(options).ToList();
        return errors.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(errors);
    }

    private static IEnumerable<string> Errors(BlobOptions options)
    {
        if (!Enum.IsDefined(options.Store))
            yield return $"Blobs:Store is {options.Store}; it is Files or S3.";
        if (options.Store != BlobStoreKind.S3)
            yield break;
        var s3 = options.S3;
        if (string.IsNullOrWhiteSpace(s3.Bucket))
            yield return "Blobs:S3:Bucket is missing; name a bucket that exists.";
        if (s3.Endpoint.Length > 0 && !(Uri.TryCreate(s3.Endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
            yield return $"Blobs:S3:Endpoint is '{s3.Endpoint}', not an http or https address.";
        if (s3.Prefix.Length > 0 && !BlobKeys.IsValid(s3.Prefix))
            yield return $"Blobs:S3:Prefix is '{s3.Prefix}'; it takes a-z, 0-9, dashes and single slashes inside.";
        if (s3.AccessKey.Length > 0 != s3.SecretKey.Length > 0)
            yield return "Blobs:S3:AccessKey and Blobs:S3:SecretKey go together: give both, or neither to take the credentials from the environment.";
    }
}
