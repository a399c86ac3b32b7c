using System.Security.Cryptography;

namespace Search.Gateway.Browser;

/// <summary>A number used once: lets a page run the inline scripts that we wrote into this very answer, and no others.</summary>
internal sealed record ScriptNonce(string Text)
{
    internal static string Of(HttpContext context)
    {
        if (context.Features.Get<ScriptNonce>() is not { } nonce)
            context.Features.Set(nonce = new ScriptNonce(RandomNumberGenerator.GetHexString(32, lowercase: true)));
        return nonce.Text;
    }
}
