using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Search.Ann.Collections;
using Search.Contracts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Groups;

/// <summary>The service with a catalogue around it, and vectors that a test makes.</summary>
internal sealed class GroupedService : IAsyncDisposable
{
    internal const int Dimension = 16;

    private static readonly EmbeddingModelId _model = EmbeddingModelId.Create("groups", "1.0.0", "00112233aabbccdd");

    private readonly TemporaryFolder _data;
    private readonly AnnServiceFixture _service;

    private GroupedService(TemporaryFolder data, AnnServiceFixture service, StandInCatalogue catalogue)
    {
        _data = data;
        _service = service;
        Catalogue = catalogue;
    }

    public StandInCatalogue Catalogue { get; }

    public HttpClient Http => _service.Http;

    public static Task<GroupedService> StartAsync(params string[] settings) => StartAsync(_ => { }, settings);

    public static async Task<GroupedService> StartAsync(Action<IServiceCollection> more, params string[] settings)
    {
        var (data, catalogue) = (new TemporaryFolder(), new StandInCatalogue(_model));
        return new GroupedService(data, await AnnServiceFixture.StartAsync(data.Path, services => { catalogue.Register(services); more(services); }, settings), catalogue);
    }

    /// <summary>Adds an item with these pictures. Equal vectors are equal bytes.</summary>
    public async Task AddAsync(string id, string category, params float[][] vectors)
    {
        Catalogue.Add(id, category, [.. vectors.Select(vector => ContentHash.Of(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(vector)))]);
        await _service.UpsertAsync(_model, [.. vectors.Select((vector, number) => new VectorEntry(ImageKey.Create(id, number), 1, vector))]);
    }

    /// <summary>The lines of a whole answer but for progress and end.</summary>
    public async Task<JsonElement[]> FindAsync(string query)
    {
        var lines = await LinesAsync(query);
        Assert.True(lines[^1].TryGetProperty("end", out var end), lines[^1].GetRawText());
        JsonElement[] found = [.. lines[..^1].Where(line => !line.TryGetProperty("progress", out _))];
        Assert.Equal(found.Length, end.GetProperty("found").GetInt32());
        Assert.All(lines, line => Assert.Single(line.EnumerateObject()));
        return found;
    }

    public async Task<JsonElement[]> LinesAsync(string query)
    {
        using var response = await Http.GetAsync(new Uri($"/v1/groups/{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, text);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
    }

    /// <summary>Its title and detail.</summary>
    public async Task<string> ProblemAsync(string query, HttpStatusCode status)
    {
        using var response = await Http.GetAsync(new Uri($"/v1/groups/{query}", UriKind.Relative), TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == status, $"{response.StatusCode}: {text}");
        var problem = JsonElement.Parse(text);
        return $"{problem.GetProperty("title").GetString()}: {problem.GetProperty("detail").GetString()}";
    }

    public static string?[] Ids(JsonElement items) => [.. items.EnumerateArray().Select(item => item.GetProperty("id").GetString())];

    /// <summary>A vector that has exactly this cosine to another, in a direction of its own.</summary>
    public static float[] At(float[] centre, double cosine, RandomVectors random)
    {
        var direction = random.Unit(centre.Length);
        var along = direction.Zip(centre, (a, b) => (double)a * b).Sum();
        double[] across = [.. direction.Zip(centre, (a, b) => a - along * b)];
        var length = Math.Sqrt(across.Sum(x => x * x));
        return [.. centre.Zip(across, (c, a) => (float)(cosine * c + Math.Sqrt(1 - cosine * cosine) * a / length))];
    }

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _data.Dispose();
    }
}
