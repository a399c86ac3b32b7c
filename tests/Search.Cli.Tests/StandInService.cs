using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Search.Testing;

namespace Search.Cli.Tests;

/// <summary>A service that gives prepared answers, on a free port of this machine.</summary>
internal sealed class StandInService : IAsyncDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<string, (int Status, string Body)> _answer;
    private readonly Task _loop;

    /// <param name="answer">By method, path and query. A 429 says that one may come back at once.</param>
    public StandInService(Func<string, (int Status, string Body)> answer)
    {
        _answer = answer;
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _loop = AnswerAsync();
    }

    public Uri Address { get; }

    /// <summary>Method, path and query of each request.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _loop;
        _listener.Close();
    }

    private async Task AnswerAsync()
    {
        while (true)
        {
            HttpListenerContext context;
            try
            {
                context = await _listener.GetContextAsync();
            }
            catch (Exception e) when (e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return; // stopped
            }
            var request = $"{context.Request.HttpMethod} {context.Request.RawUrl}";
            Requests.Enqueue(request);
            var (status, body) = _answer(request);
            context.Response.StatusCode = status;
            if (status is 429)
                context.Response.Headers["Retry-After"] = "0";
            if (body.Length > 0)
                await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
            context.Response.Close();
        }
    }
}
