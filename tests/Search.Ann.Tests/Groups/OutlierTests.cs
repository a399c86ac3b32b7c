using System.Text.Json;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Groups;

public sealed class OutlierTests
{
    private readonly RandomVectors _random = new(23);

    [Fact]
    public async Task Outliers_AMisfiledItem_ComesFirst_WithItsPlaceAndTheEvidence()
    {
        await using var service = await GroupedService.StartAsync();
        var vectors = _random.Clustered(60, GroupedService.Dimension, 3, spread: 0.4);
        for (var i = 0; i < 60; i++)
            await service.AddAsync($"item-{i:D2}", i == 31 ? "category-0" : $"category-{i % 3}", vectors[i]);

        var first = (await service.FindAsync("outliers?k=8"))[0].GetProperty("outlier");

        Assert.Equal("item-31", first.GetProperty("item").GetProperty("id").GetString());
        Assert.Equal("category-1", first.GetProperty("suggestedCategory").GetString());
        Assert.Equal(1, first.GetProperty("disagreement").GetDouble(), 1e-9);
        var neighbours = first.GetProperty("neighbours").EnumerateArray().ToArray();
        Assert.Equal(8, neighbours.Length);
        Assert.All(neighbours, neighbour => Assert.Equal("category-1", neighbour.GetProperty("item").GetProperty("category").GetString()));
        Assert.Equal(neighbours.OrderByDescending(Similarity).Select(Similarity), neighbours.Select(Similarity));
        Assert.DoesNotContain(neighbours, neighbour => neighbour.GetProperty("item").GetProperty("id").GetString() == "item-31");
    }

    [Fact]
    public async Task Outliers_AnItemLikeNothingElse_IsFoundWithoutASuggestion()
    {
        await using var service = await GroupedService.StartAsync();
        var centre = _random.Unit(GroupedService.Dimension);
        for (var i = 0; i < 40; i++)
            await service.AddAsync($"item-{i:D2}", "rings", _random.UnitNear(centre, 0.2));
        await service.AddAsync("lonely", "rings", GroupedService.At(centre, 0.1, _random));

        var found = Assert.Single(await service.FindAsync("outliers")).GetProperty("outlier");

        Assert.Equal("lonely", found.GetProperty("item").GetProperty("id").GetString());
        Assert.False(found.TryGetProperty("suggestedCategory", out _));
        Assert.True(found.GetProperty("localOutlierFactor").GetDouble() > 1.5);
    }

    [Fact]
    public async Task Outliers_AnItemWithManyPictures_HasOneVoice()
    {
        await using var service = await GroupedService.StartAsync();
        var centre = _random.Unit(GroupedService.Dimension);
        await service.AddAsync("many", "earrings", [.. Enumerable.Range(0, 12).Select(_ => GroupedService.At(centre, 0.999, _random))]);
        for (var i = 0; i < 6; i++)
            await service.AddAsync($"item-{i}", "rings", _random.UnitNear(centre, 0.2));

        var suggestions = (await service.FindAsync("outliers?k=4")).Select(line => line.GetProperty("outlier"))
            .Where(outlier => outlier.TryGetProperty("suggestedCategory", out _)).ToArray();

        Assert.Equal("many", Assert.Single(suggestions).GetProperty("item").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Outliers_OfNothingOneOrAll_HaveAnAnswer_AndNoMoreThanAskedFor()
    {
        await using var service = await GroupedService.StartAsync();
        Assert.Empty(await service.FindAsync("outliers"));
        await service.AddAsync("a", "rings", _random.Unit(GroupedService.Dimension));
        Assert.Empty(await service.FindAsync("outliers"));
        var one = _random.Unit(GroupedService.Dimension);
        // Each is filed alone among all others.
        for (var i = 0; i < 9; i++)
            await service.AddAsync($"b{i}", i < 5 ? "earrings" : $"category-{i}", _random.UnitNear(one, 0.1));
        Assert.Equal(2, (await service.FindAsync("outliers?limit=2&k=50")).Length);
        Assert.Equal(["category-7"], (await service.FindAsync("outliers?category=Category-7")).Select(line =>
            line.GetProperty("outlier").GetProperty("item").GetProperty("category").GetString()));
    }

    private static double Similarity(JsonElement neighbour) => neighbour.GetProperty("similarity").GetDouble();
}
