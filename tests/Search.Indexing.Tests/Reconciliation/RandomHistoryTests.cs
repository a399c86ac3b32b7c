using CsCheck;
using Search.Contracts;
using Search.Contracts.Catalogue;
using Search.Indexing.Catalogue;
using Search.Indexing.Tests.Playing;

namespace Search.Indexing.Tests.Reconciliation;

public sealed class RandomHistoryTests
{
    private const string Seed = "0000KOIXpL52";

    private static readonly EmbeddingModelId[] Models = [Neighbours.Model, Neighbours.OtherModel];

    private static readonly string[] Contents = [.. Enumerable.Range(0, 4).Select(i => ContentHash.Of([(byte)i]))];

    /// <summary>One thing that happens; which of them and how is in the numbers.</summary>
    private static readonly Gen<(int What, int Item, int[] Contents, int Which)> Step =
        Gen.Select(Gen.Int[0, 12], Gen.Int[0, 1], Gen.Int[0, Contents.Length - 1].Array[1, 3], Gen.Int[0, 1000]);

    /// <summary>Whatever callers, messages and crashes do, in the end every service knows exactly what the catalogue was last told.</summary>
    [Fact]
    public void AnyHistory_OnceAllHasArrived_EverybodyAgreesWithTheLastPuts() =>
        Step.Array[0, 100].Sample(steps => Task.Run(() => LiveAsync(steps)).Wait(), seed: Seed, iter: 100, threads: 1);

    private static async Task LiveAsync((int What, int Item, int[] Contents, int Which)[] steps)
    {
        await using var world = new SimulatedWorld();
        world.Bad.Add(Contents[^1]);
        var expected = new Dictionary<string, (int Version, string[] Contents)>();
        for (var i = 0; i < steps.Length; i++)
            await HappenAsync(world, expected, steps[i], i);
        await world.SettleAsync();
        Check(world, expected);
    }

    private static async Task HappenAsync(
        SimulatedWorld world, Dictionary<string, (int Version, string[] Contents)> expected, (int What, int Item, int[] Contents, int Which) step, int version)
    {
        var id = $"item-{step.Item}";
        switch (step.What)
        {
            case 0 or 1:
                var contents = step.Contents.Select(c => Contents[c]).ToArray();
                await world.PutAsync(id, version, contents);
                expected[id] = (version, contents);
                break;
            case 2 when expected.TryGetValue(id, out var item):
                await world.PutAsync(id, version, contents: null);
                expected[id] = (version, item.Contents);
                break;
            case 3:
                await world.DeleteAsync(id);
                expected.Remove(id);
                break;
            case 4 when step.Which < 700:
                await world.CrashAsync();
                break;
            case 12:
                // Either model alone, or both with either in front.
                var models = step.Which % 2 == 0 ? Models : [Models[1], Models[0]];
                await world.ServeAsync(models[..(1 + (step.Which / 2 % 2))], heard: step.Which % 3 > 0);
                break;
            case 5 or 6:
                await world.PublishAsync();
                break;
            default:
                for (var i = 0; i <= step.Which % 3; i++)
                    await world.DeliverAsync(step.Which, keep: step.Which % 5 == 0);
                break;
        }
    }

    private static void Check(SimulatedWorld world, Dictionary<string, (int Version, string[] Contents)> expected)
    {
        var pictures = new Dictionary<string, long>();
        foreach (var (id, (version, contents)) in expected)
        {
            var document = world.Read(session => ItemDocuments.Find(session, id))!;
            Assert.Equal($"version {version}", document.Title);
            Assert.Equal(contents, document.Images.Select(image => image.ContentHash));
            Assert.All(document.Images, image => Assert.Equal(world.Bad.Contains(image.ContentHash) ? ImageState.Failed : ImageState.Indexed, image.State));
            foreach (var image in document.Images.Where(image => image.State == ImageState.Indexed))
                pictures.Add(ImageKey.Create(id, image.Number), image.Revision);
            if (document.Images.Any(image => image.State == ImageState.Indexed))
                Assert.Equivalent(document, world.Known[id], strict: true);
        }
        foreach (var model in world.Served)
            Assert.Equal(pictures.OrderBy(p => p.Key), world.Collections.GetValueOrDefault(model, []).OrderBy(p => p.Key));
        // What is not served keeps what it had, but nothing of what is gone.
        var all = expected.SelectMany(item => item.Value.Contents.Select((_, number) => ImageKey.Create(item.Key, number))).ToHashSet();
        Assert.All(world.Collections.Values, collection => Assert.Subset(all, collection.Keys.ToHashSet()));
        Assert.Subset(expected.Keys.ToHashSet(), world.Known.Keys.ToHashSet());
        var counts = world.Read(session => session.Items.CountByState());
        Assert.Equal(expected.Values.Count(item => item.Contents.Any(world.Bad.Contains)), counts[ImageState.Failed]);
        Assert.Equal(expected.Count, counts.Values.Sum());
        Assert.Equal(0, counts[ImageState.Accepted] + counts[ImageState.Embedded]);
    }
}
