using System.Collections.Concurrent;
using System.Net;
using Google.Protobuf;
using Search.Testing;

namespace Search.EndToEnd.Tests.Fixtures;

/// <summary>
/// A collector that keeps the spans it is sent over OTLP/HTTP. It reads just three fields of the published schema
/// (opentelemetry-proto, trace/v1): the service's name, the trace id and the span's name.
/// </summary>
public sealed class TraceCollector : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly ConcurrentQueue<CollectedSpan> _spans = new();

    public TraceCollector()
    {
        Address = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        _listener.Prefixes.Add(Address.ToString());
        _listener.Start();
        _ = ReceiveAsync();
    }

    public Uri Address { get; }

    public IReadOnlyCollection<CollectedSpan> Spans => _spans;

    public void Dispose() => _listener.Close();

    private async Task ReceiveAsync()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                if (context.Request.Url!.AbsolutePath.EndsWith("/traces", StringComparison.Ordinal))
                    ReadRequest(body.ToArray());
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Closed with the test.
        }
    }

    private void ReadRequest(byte[] request)
    {
        foreach (var resourceSpans in Fields(request, 1))
        {
            var service = Fields(resourceSpans, 1).SelectMany(resource => Fields(resource, 1))
                .Where(attribute => Text(attribute, 1) == "service.name")
                .Select(attribute => Text(Fields(attribute, 2).Single(), 1)).Single();
            foreach (var span in Fields(resourceSpans, 2).SelectMany(scopeSpans => Fields(scopeSpans, 2)))
                _spans.Enqueue(new CollectedSpan(service, Convert.ToHexStringLower(Fields(span, 1).Single()), Text(span, 5)));
        }
    }

    /// <summary>The length-delimited values of one field number.</summary>
    private static IEnumerable<byte[]> Fields(byte[] message, int number)
    {
        using var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
                yield return input.ReadBytes().ToByteArray();
            else
                input.SkipLastField();
        }
    }

    private static string Text(byte[] message, int number) => System.Text.Encoding.UTF8.GetString(Fields(message, number).FirstOrDefault() ?? []);
}

public sealed record CollectedSpan(string Service, string TraceId, string Name);
