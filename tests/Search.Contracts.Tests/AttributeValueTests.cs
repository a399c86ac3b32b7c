using System.Text.Json;
using Search.Contracts.Catalogue;

namespace Search.Contracts.Tests;

public sealed class AttributeValueTests
{
    [Fact]
    public void Json_IsTheBareStringOrNumber()
    {
        var values = new Dictionary<string, AttributeValue> { ["metal"] = AttributeValue.Of("gold"), ["carat"] = AttributeValue.Of(0.75) };

        var json = JsonSerializer.Serialize(values);

        Assert.Equal("""{"metal":"gold","carat":0.75}""", json);
        Assert.Equal(values, JsonSerializer.Deserialize<Dictionary<string, AttributeValue>>(json));
    }

    [Theory]
    [InlineData("true")]
    [InlineData("[1]")]
    [InlineData("1e999")]
    [InlineData("null")]
    public void Json_OfAnythingElse_IsRefused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<AttributeValue>(json));

    [Fact]
    public void Matches_ComparesTextWithoutCase_AndNeverTextWithNumber()
    {
        Assert.True(AttributeValue.Of("Gold").Matches(AttributeValue.Of("gold")));
        Assert.True(AttributeValue.Of(2).Matches(AttributeValue.Of(2.0)));
        Assert.False(AttributeValue.Of("2").Matches(AttributeValue.Of(2)));
        Assert.False(AttributeValue.Of(2).Matches(AttributeValue.Of("2")));
    }
}
