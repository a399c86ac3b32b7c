namespace Search.Cli.Api;

/// <summary>The service refused; the message is its own title and detail.</summary>
public sealed class SearchApiException(int status, string message) : Exception(message)
{
    public int Status { get; } = status;
}
