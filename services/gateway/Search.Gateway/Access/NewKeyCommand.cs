using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Search.Gateway.Access;

/// <summary><c>--new-key NAME</c>: makes a key and shows how to configure it. Nothing is stored; the key is shown this once.</summary>
public static class NewKeyCommand
{
    private const string Switch = "--new-key";

    /// <returns>True when the command line asked for it and the process has nothing else to do.</returns>
    public static bool TryRun(IReadOnlyList<string> args, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(args);
        ArgumentNullException.ThrowIfNull(output);
        if (args is not [Switch, ..])
            return false;
        if (args is not [_, var name])
        {
            output.WriteLine($"Usage: {Switch} NAME");
            return true;
        }
        var key = $"sk_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32))}";
        var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        output.WriteLine($"Key of {name}, to be kept secret and shown only now:");
        output.WriteLine($"  {key}");
        output.WriteLine("Configuration, in JSON under Gateway:Keys; give it the scopes it needs out of search, write and admin:");
        output.WriteLine($$"""  { "Name": "{{name}}", "Sha256": "{{digest}}", "Scopes": ["search"], "RequestsPerSecond": 50, "Burst": 200 }""");
        output.WriteLine("or in the environment:");
        output.WriteLine($"  Gateway__Keys__0__Name={name} Gateway__Keys__0__Sha256={digest} Gateway__Keys__0__Scopes__0=search");
        return true;
    }
}
