using System.Security.Cryptography;
using System.Text;

namespace Search.Gateway.Tests.Hosting;

/// <summary>An API key and the settings that make the gateway know it.</summary>
internal sealed record TestKey(int Index, string Name, params string[] Scopes)
{
    internal string Secret => $"secret of {Name}";

    internal string[] Settings =>
    [
        $"Gateway:Keys:{Index}:Name={Name}",
        $"Gateway:Keys:{Index}:Sha256={Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(Secret)))}",
        .. Scopes.Select((scope, i) => $"Gateway:Keys:{Index}:Scopes:{i}={scope}"),
    ];

    internal HttpRequestMessage Request(string method, string path)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Add("X-Api-Key", Secret);
        return request;
    }
}
