namespace Search.EndToEnd.Tests.Browser;

/// <summary>The running service that the browser is pointed at.</summary>
internal static class ServiceUnderTest
{
    /// <summary>Set by whoever has a service running already, such as a developer who works on the page.</summary>
    private const string AddressVariable = "SEARCH_TEST_URL";

    /// <returns>Its address, or null and the reason why there is none.</returns>
    public static (Uri? Address, string? Missing) Find() =>
        Uri.TryCreate(Environment.GetEnvironmentVariable(AddressVariable), UriKind.Absolute, out var address)
            ? (address, null)
            : (null, $"No service to test: set {AddressVariable} to the address of a running one.");
}
