using System.Text.Json;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Groups;

public sealed class DuplicateTests
{
    private readonly RandomVectors _random = new(21);

    [Fact]
    public async Task Duplicates_PlantedOnes_AreFound_AndNoPairIsBelowTheThreshold()
    {
        await using var service = await GroupedService.StartAsync();
        for (var i = 0; i < 40; i++)
            await service.AddAsync($"other-{i}", "rings", _random.Unit(GroupedService.Dimension));
        var piece = _random.Unit(GroupedService.Dimension);
        await service.AddAsync("b", "rings", GroupedService.At(piece, 0.995, _random));
        await service.AddAsync("a", "rings", piece);
        await service.AddAsync("c", "earrings", GroupedService.At(piece, 0.99, _random));

        var groups = await service.FindAsync("duplicates?threshold=0.96");

        var group = Assert.Single(groups).GetProperty("duplicates");
        Assert.Equal(["a", "b", "c"], GroupedService.Ids(group.GetProperty("items")));
        Assert.InRange(group.GetProperty("least").GetDouble(), 0.96, 0.99 + 1e-6);
        Assert.Equal(0.995, group.GetProperty("most").GetDouble(), 1e-5);
        Assert.False(group.GetProperty("sameFile").GetBoolean());
        Assert.Equal("Title of c", group.GetProperty("items")[2].GetProperty("title").GetString());
        Assert.Equal("/v1/items/c/image?n=0", group.GetProperty("items")[2].GetProperty("imageUrl").GetString());
        Assert.Empty(await service.FindAsync("duplicates?threshold=0.999"));
        Assert.Equal(["a", "b"], GroupedService.Ids((await service.FindAsync("duplicates?threshold=0.96&category=RINGS"))[0].GetProperty("duplicates").GetProperty("items")));
    }

    [Fact]
    public async Task Duplicates_KnownToBeDistinct_ShareNoGroup()
    {
        await using var service = await GroupedService.StartAsync();
        var piece = _random.Unit(GroupedService.Dimension);
        await service.AddAsync("a", "rings", piece);
        await service.AddAsync("b", "rings", GroupedService.At(piece, 0.999, _random));
        await service.AddAsync("c", "rings", GroupedService.At(piece, 0.998, _random));
        await service.AddAsync("d", "rings", piece);
        service.Catalogue.KeepApart("b", "a");
        service.Catalogue.KeepApart("a", "gone");

        var groups = Groups(await service.FindAsync("duplicates?threshold=0.99"));

        // The other way round b would be with c; but d is a to the bit, and c is nearer to them.
        Assert.Equal(["a", "c", "d"], Assert.Single(groups));
    }

    [Fact]
    public async Task Duplicates_ManyItemsOfOnePicture_AreOneGroupOfTheSameFile()
    {
        await using var service = await GroupedService.StartAsync();
        var placeholder = _random.Unit(GroupedService.Dimension);
        // Twice as many as the pairs that are kept allow for if each were compared with each.
        const int count = 2_000;
        for (var i = 0; i < count; i++)
            await service.AddAsync($"item-{i:D4}", "rings", placeholder);
        await service.AddAsync("near", "rings", GroupedService.At(placeholder, 0.99, _random));
        await service.AddAsync("far", "rings", _random.Unit(GroupedService.Dimension));

        var same = Assert.Single(await service.FindAsync("duplicates?threshold=0.999")).GetProperty("duplicates");
        var withNear = Assert.Single(await service.FindAsync("duplicates?threshold=0.98")).GetProperty("duplicates");

        Assert.Equal(count, same.GetProperty("items").GetArrayLength());
        Assert.True(same.GetProperty("sameFile").GetBoolean());
        Assert.Equal(1, same.GetProperty("least").GetDouble(), 1e-6);
        Assert.Equal(count + 1, withNear.GetProperty("items").GetArrayLength());
        Assert.False(withNear.GetProperty("sameFile").GetBoolean());
        Assert.Equal(0.99, withNear.GetProperty("least").GetDouble(), 1e-5);
    }

    [Fact]
    public async Task Duplicates_OfSeveralPictures_GoByTheMostSimilarOnes_AndNotByTheirOwn()
    {
        await using var service = await GroupedService.StartAsync();
        var (front, back) = (_random.Unit(GroupedService.Dimension), _random.Unit(GroupedService.Dimension));
        // Its own pictures are alike, which says nothing.
        await service.AddAsync("a", "rings", back, front, GroupedService.At(front, 0.999, _random));
        await service.AddAsync("b", "rings", _random.Unit(GroupedService.Dimension), GroupedService.At(front, 0.98, _random));
        await service.AddAsync("c", "rings", _random.Unit(GroupedService.Dimension));

        var group = Assert.Single(await service.FindAsync("duplicates?threshold=0.97")).GetProperty("duplicates");

        Assert.Equal(["a", "b"], GroupedService.Ids(group.GetProperty("items")));
        Assert.NotEqual(0, group.GetProperty("items")[0].GetProperty("image").GetInt32());
        Assert.Equal(1, group.GetProperty("items")[1].GetProperty("image").GetInt32());
    }

    [Fact]
    public async Task Duplicates_OfNothingOrOne_AreNone()
    {
        await using var service = await GroupedService.StartAsync();
        Assert.Empty(await service.FindAsync("duplicates"));
        await service.AddAsync("a", "rings", _random.Unit(GroupedService.Dimension));
        Assert.Empty(await service.FindAsync("duplicates?threshold=1"));
    }

    [Fact]
    public async Task Duplicates_BeyondTheFirstAnswersOfTheIndex_AreAllFound()
    {
        await using var service = await GroupedService.StartAsync();
        var piece = _random.Unit(GroupedService.Dimension);
        for (var i = 0; i < 120; i++)
            await service.AddAsync($"item-{i:D3}", "rings", GroupedService.At(piece, 0.9995, _random));

        var group = Assert.Single(await service.FindAsync("duplicates?threshold=0.99")).GetProperty("duplicates");

        Assert.Equal(120, group.GetProperty("items").GetArrayLength());
    }

    private static List<string?[]> Groups(JsonElement[] lines) => [.. lines.Select(line => GroupedService.Ids(line.GetProperty("duplicates").GetProperty("items")))];
}
