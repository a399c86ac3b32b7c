using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Hosting.Health;

namespace Search.Gateway.Searching;

/// <summary>
/// Sends one picture through every service before the gateway calls itself ready: the first request over a bus takes about a second (connections,
/// compilation), and no shopper shall wait for it. Until the services answer, the gateway is not ready.
/// </summary>
internal sealed class SearchWarmUp(
    QueryVectors vectors, CandidateSearch candidates, TimeProvider time, [FromKeyedServices(SearchWarmUp.Name)] ReadinessGate ready) : BackgroundService
{
    internal const string Name = "gateway";

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var query = new SearchQuery { Source = new ImageSource(OneWhitePixel()), K = 1, Filter = SearchFilter.None, Collapse = true, Explain = false };
        ready.WaitFor("a first search through every service");
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var deadline = new Deadline(time, Longest);
                var vector = await vectors.OfAsync(query.Source, deadline, stoppingToken);
                await candidates.FindAsync(query, vector, deadline, stoppingToken);
                ready.Open();
                return;
            }
            catch (ServiceProblemException e)
            {
                ready.WaitFor($"a first search through every service: {e.Problem.Detail}");
                await Task.Delay(Pause, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                // The host stops while it still starts.
            }
        }
    }

    /// <summary>A bitmap of one pixel needs no encoder: file header, info header, one padded row.</summary>
    private static byte[] OneWhitePixel()
    {
        var bitmap = new byte[58];
        "BM"u8.CopyTo(bitmap);
        bitmap[2] = 58;
        bitmap[10] = 54;
        bitmap[14] = 40;
        bitmap[18] = bitmap[22] = bitmap[26] = 1;
        bitmap[28] = 24;
        bitmap.AsSpan(54, 3).Fill(255);
        return bitmap;
    }
}
