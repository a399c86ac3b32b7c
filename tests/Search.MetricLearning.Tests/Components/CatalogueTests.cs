using System.Text.Json;
using Search.MetricLearning.Components;
using Search.MetricLearning.Distances;
using Search.MetricLearning.Losses;
using Search.MetricLearning.Reducers;

namespace Search.MetricLearning.Tests.Components;

public sealed class CatalogueTests
{
    [Fact]
    public void Create_TwoOfOneName_IsRefused()
    {
        var error = Assert.Throws<ArgumentException>(() => new Catalogue<LossReducer>("reducer", new MeanReducer(), new SumReducer(), new MeanReducer()));
        Assert.Contains("'mean' is registered twice", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Get_UnknownName_ListsThoseThereAre() =>
        Assert.Contains("cosine, euclidean, squared-euclidean", Assert.Throws<ArgumentException>(() => DistanceCatalogue.Default["manhattan"]).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"name":"triplet","margin":0}""", "margin is 0, not above 0")]
    [InlineData("""{"name":"triplet","margin":-1,"distance":"manhattan","reducer":"max"}""", "no distance is named 'manhattan'")]
    [InlineData("""{"name":"triplet","margin":-1,"distance":"manhattan","reducer":"max"}""", "no reducer is named 'max'")]
    [InlineData("""{"name":"triplet","magrin":1}""", "magrin")]
    [InlineData("""{"name":"triplet","margin":"wide"}""", "margin")]
    [InlineData("""{"name":"info-nce","temperature":0}""", "temperature is 0, not above 0")]
    [InlineData("""{"name":"arcface","margin":2,"scale":0}""", "scale is 0, not above 0")]
    [InlineData("""{"name":"proxy-anchor","margin":1}""", "margin is 1, not 0 to below 1")]
    [InlineData("""{"name":"magnet","clusters":0}""", "clusters is 0, not at least 1")]
    public void Create_WrongParameters_SaysWhich(string json, string expected)
    {
        var options = JsonSerializer.Deserialize<ComponentOptions>(json, JsonSerializerOptions.Web)!;
        var error = Assert.Throws<ArgumentException>(() => LossCatalogue.Default[options.Name].Create(options, new EmbeddingShape(4, 2)));
        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }
}
