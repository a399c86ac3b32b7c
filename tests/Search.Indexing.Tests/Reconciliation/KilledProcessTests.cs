using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using Search.Contracts.Messages;
using Search.Indexing.Tests.Playing;
using Search.Testing;

namespace Search.Indexing.Tests.Reconciliation;

public sealed class KilledProcessTests
{
    [Fact]
    public async Task Kill_InTheMiddleOfAnImport_LeavesOnlyWholeItemsAndAllOfThemEndIndexedOnce()
    {
        using var folder = new TemporaryFolder();
        var port = FreePort.Next();
        using (var service = Start(folder.Path, port))
        {
            try
            {
                await ImportUntilKilledAsync(service, port);
            }
            finally
            {
                if (!service.HasExited)
                    service.Kill();
            }
        }

        await using var host = await IndexingHost.StartAsync(folder);
        var taken = (await host.StatusAsync()).Total;
        Assert.InRange(taken, 501, int.MaxValue);
        await host.IndexedAsync(taken);
        Assert.Equal(taken, host.Neighbours.Count<ImageAccepted>());
        Assert.Equal(taken, host.Neighbours.Of<ImageAccepted>().Select(e => e.ItemId).Distinct().Count());
        // Blobs that were written ahead of rows that never came are cleaned up, those of rows are there.
        await host.Get<Content.ContentCleaner>().CleanAsync(TestContext.Current.CancellationToken);
        Assert.Equal(taken, host.BlobCount());
        Assert.Equal(taken, host.Catalogue.Read(session => session.Items.CountByState()).Values.Sum());
    }

    /// <summary>Sends lines without end and kills the service while they run.</summary>
    private static async Task ImportUntilKilledAsync(Process service, int port)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await Wait.UntilAsync(async () => await IsUpAsync(http, cancellation));
        using var endless = new EndlessImport();
        var import = http.PostAsync("/v1/items:import", endless, cancellation);
        await Wait.UntilAsync(async () => await HasItemAsync(http, "500", cancellation));
        Assert.False(import.IsCompleted);
        service.Kill();
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => import);
    }

    private static async Task<bool> HasItemAsync(HttpClient http, string id, CancellationToken cancellation)
    {
        using var response = await http.GetAsync($"/v1/items/{id}", cancellation);
        return response.IsSuccessStatusCode;
    }

    private static async Task<bool> IsUpAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using var response = await http.GetAsync("/health/live", cancellation);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static Process Start(string folder, int port)
    {
        var dll = Path.Combine(AppContext.BaseDirectory, "Search.Indexing.dll");
        var start = new ProcessStartInfo("dotnet", [dll, "--urls", $"http://127.0.0.1:{port}", "--Data:Directory", folder, "--Logging:LogLevel:Default", "Error"]);
        // A killed process cannot delete its diagnostics pipes.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        return Process.Start(start)!;
    }

    private sealed class EndlessImport : HttpContent
    {
        internal EndlessImport() => Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");

        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            for (var i = 0; ; i++)
            {
                var line = Requests.Line(i.ToString(CultureInfo.InvariantCulture), Pictures.Jpeg(i)) + "\n";
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line));
                await stream.FlushAsync();
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
