using Search.Ann.Collections;
using Search.Contracts;
using Search.Contracts.Messages;
using Search.Contracts.Verdicts;
using Search.Testing;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Gate;

/// <summary>The service with a catalogue around it, and two models' collections that a test fills.</summary>
internal sealed class JudgedService : IAsyncDisposable
{
    internal const int Dimension = 16;

    internal static readonly EmbeddingModelId Production = EmbeddingModelId.Create("gate", "1.0.0", "00112233aabbccdd");
    internal static readonly EmbeddingModelId Candidate = EmbeddingModelId.Create("gate", "2.0.0", "ddccbbaa33221100");

    private readonly TemporaryFolder _data = new();
    private readonly StandInCatalogue _catalogue = new(Production);
    private readonly RandomVectors _random = new(5);
    private readonly Dictionary<string, float[]> _centres = [];
    private AnnServiceFixture _service = null!;

    public static async Task<JudgedService> StartAsync(params string[] settings)
    {
        var judged = new JudgedService();
        judged._service = await AnnServiceFixture.StartAsync(judged._data.Path, judged._catalogue.Register, settings);
        return judged;
    }

    public Task<ModelVerdict> JudgeAsync() => JudgeAsync(Candidate, Production);

    public Task<ModelVerdict> JudgeAsync(EmbeddingModelId candidate, EmbeddingModelId production) =>
        _service.AskAsync<JudgeModels, ModelVerdict>(new JudgeModels { Candidate = candidate, Production = production });

    /// <summary>
    /// Items of a category with their pictures. How clearly a model sees them, from 0 (noise) to 1 (each category and each piece a point of its own), is for the test to say.
    /// </summary>
    public async Task AddAsync(string category, int items, int pictures, double production, double? candidate)
    {
        for (var i = 0; i < items; i++)
        {
            var id = $"{category.ToLowerInvariant()}-{i:000}";
            _catalogue.Add(id, category, [.. Enumerable.Range(0, pictures).Select(number => ContentHash.Of(System.Text.Encoding.UTF8.GetBytes($"{id}/{number}")))]);
            await PutAsync(Production, id, category, pictures, production);
            if (candidate is { } clarity)
                await PutAsync(Candidate, id, category, pictures, clarity);
        }
    }

    private async Task PutAsync(EmbeddingModelId model, string id, string category, int pictures, double clarity)
    {
        var (ofCategory, ofPiece) = (Centre(category.ToUpperInvariant()), Centre(id));
        await _service.UpsertAsync(model, [.. Enumerable.Range(0, pictures).Select(number =>
        {
            var noise = _random.Unit(Dimension);
            float[] vector = [.. Enumerable.Range(0, Dimension).Select(i => (float)(clarity * (ofCategory[i] + ofPiece[i]) + (1 - clarity) * 2 * noise[i]))];
            Search.Vectors.VectorKernels.TryNormalize(vector);
            return new VectorEntry(ImageKey.Create(id, number), 1, vector);
        })]);
    }

    private float[] Centre(string name) => _centres.TryGetValue(name, out var centre) ? centre : _centres[name] = _random.Unit(Dimension);

    public async ValueTask DisposeAsync()
    {
        await _service.DisposeAsync();
        _data.Dispose();
    }
}
