using Search.Testing.Vectors;

namespace Search.Ann.Tests.Groups;

public sealed class ClusterTests
{
    private readonly RandomVectors _random = new(22);

    [Theory]
    [InlineData("")]
    [InlineData("&k=3")]
    public async Task Clusters_PlantedOnes_AreFound_WithTheirCategoriesAndMembers(string k)
    {
        await using var service = await GroupedService.StartAsync();
        var vectors = _random.Clustered(60, GroupedService.Dimension, 3, spread: 0.3);
        for (var i = 0; i < 60; i++)
            await service.AddAsync($"item-{i:D2}", $"category-{i % 3}", vectors[i]);

        var clusters = await service.FindAsync($"clusters?members=true&representatives=4{k}");

        Assert.Equal(3, clusters.Length);
        foreach (var cluster in clusters.Select(line => line.GetProperty("cluster")))
        {
            Assert.Equal(20, cluster.GetProperty("size").GetInt32());
            Assert.InRange(cluster.GetProperty("cohesion").GetDouble(), 0.9, 1);
            var category = Assert.Single(cluster.GetProperty("categories").EnumerateArray());
            Assert.Equal(20, category.GetProperty("count").GetInt32());
            var members = cluster.GetProperty("items").EnumerateArray().Select(id => id.GetString()).ToHashSet();
            Assert.Equal(20, members.Count);
            Assert.Equal(4, GroupedService.Ids(cluster.GetProperty("representatives")).Intersect(members).Count());
        }
    }

    [Fact]
    public async Task Clusters_OfAnItemWithSeveralPictures_CountItOnce()
    {
        await using var service = await GroupedService.StartAsync();
        var one = _random.Unit(GroupedService.Dimension);
        await service.AddAsync("a", "rings", one, [.. one.Select(x => -x)]);
        await service.AddAsync("b", "rings", GroupedService.At(one, 0.9, _random));

        var cluster = Assert.Single(await service.FindAsync("clusters?k=1")).GetProperty("cluster");

        Assert.Equal(2, cluster.GetProperty("size").GetInt32());
        Assert.False(cluster.TryGetProperty("items", out _));
    }

    [Fact]
    public async Task Clusters_OfNothingOneOrEqualItems_HaveAnAnswer()
    {
        await using var service = await GroupedService.StartAsync();
        Assert.Empty(await service.FindAsync("clusters"));
        var one = _random.Unit(GroupedService.Dimension);
        await service.AddAsync("a", "rings", one);
        Assert.Single(await service.FindAsync("clusters"));
        for (var i = 0; i < 12; i++)
            await service.AddAsync($"b{i}", "rings", one);
        Assert.Single(await service.FindAsync("clusters"));
        Assert.Equal(13, Assert.Single(await service.FindAsync("clusters?k=200")).GetProperty("cluster").GetProperty("size").GetInt32());
    }
}
