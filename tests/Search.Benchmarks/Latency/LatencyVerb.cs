using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using HdrHistogram;

namespace Search.Benchmarks.Latency;

/// <summary>
/// <c>latency --url URL --photos DIR [--rate N] [--count N] [--warmup N]</c>: how long a search by photo takes at a running suite, and how much of that is not
/// decoding and inference. Open loop: requests leave on a schedule whether or not earlier ones are answered, so a stall is seen by everyone whom it
/// would have hit. Choose a rate well below what the suite can do; queueing is another question.
/// </summary>
internal static class LatencyVerb
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    internal static async Task<int> RunAsync(string[] args)
    {
        var options = new VerbOptions(args, "url", "photos", "rate", "count", "warmup");
        using var http = new HttpClient { BaseAddress = new Uri(options.Require("url")) };
        var photos = Directory.EnumerateFiles(options.Require("photos"), "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Take(options.Number("count", 300)).Select(Unseen).ToList();
        var between = TimeSpan.FromSeconds(1.0 / options.Number("rate", 5));

        foreach (var photo in photos.Take(options.Number("warmup", 20)))
            await SearchAsync(http, photo);

        var (total, beyond, inside) = (Histogram(), Histogram(), Histogram());
        var start = Stopwatch.GetTimestamp();
        var searches = new List<Task<Sample>>();
        for (var i = 0; i < photos.Count; i++)
        {
            var due = between * i;
            if (due - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } wait)
                await Task.Delay(wait);
            searches.Add(MeasureAsync(http, photos[i]));
        }
        foreach (var sample in await Task.WhenAll(searches))
        {
            total.RecordValue(Microseconds(sample.Total));
            beyond.RecordValue(Microseconds(sample.Total - sample.Model));
            inside.RecordValue(Microseconds(sample.Inside - sample.Model));
        }
        Report("total", total);
        Report("beyond decode and inference", beyond);
        Report("of that, inside the suite", inside);
        return 0;
    }

    /// <summary>A few bytes behind the picture's end, which no decoder reads: otherwise a photo of the catalogue has its vector in the store already.</summary>
    private static byte[] Unseen(string file) => [.. File.ReadAllBytes(file), .. Guid.NewGuid().ToByteArray()];

    private static async Task<Sample> MeasureAsync(HttpClient http, byte[] photo)
    {
        // From when it really leaves: no answer delays that, and the lateness of our own timer is not the suite's.
        var start = Stopwatch.GetTimestamp();
        var timings = await SearchAsync(http, photo);
        var total = Stopwatch.GetElapsedTime(start);
        return new Sample(total, Of("decodeMs") + Of("embedMs"), Of("totalMs"));

        TimeSpan Of(string stage) => TimeSpan.FromMilliseconds(timings.GetProperty(stage).GetDouble());
    }

    private static async Task<JsonElement> SearchAsync(HttpClient http, byte[] photo)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(photo), "image", "photo.jpg" } };
        using var response = await http.PostAsync(new Uri("/v1/search", UriKind.Relative), form);
        response.EnsureSuccessStatusCode();
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("timings");
    }

    private static LongHistogram Histogram() => new((long)Longest.TotalMicroseconds, 3);

    private static long Microseconds(TimeSpan time) => Math.Clamp((long)time.TotalMicroseconds, 1, (long)Longest.TotalMicroseconds);

    private static void Report(string what, LongHistogram histogram) => JsonLine.Write(new
    {
        what,
        searches = histogram.TotalCount,
        p50Ms = histogram.GetValueAtPercentile(50) / 1000.0,
        p90Ms = histogram.GetValueAtPercentile(90) / 1000.0,
        p99Ms = histogram.GetValueAtPercentile(99) / 1000.0,
        maxMs = histogram.GetMaxValue() / 1000.0,
    });

    /// <param name="Model">Decoding and inference, as the service reports them.</param>
    /// <param name="Inside">From the request read to the answer made, as the gateway reports it; the rest is HTTP on both sides.</param>
    private sealed record Sample(TimeSpan Total, TimeSpan Model, TimeSpan Inside);
}
