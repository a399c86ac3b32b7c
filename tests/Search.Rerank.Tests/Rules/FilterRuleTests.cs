using CsCheck;
using Search.Contracts.Catalogue;
using Search.Rerank.Rules;

namespace Search.Rerank.Tests.Rules;

public sealed class FilterRuleTests
{
    private static readonly ItemDocument Ring = Make.Item("ring") with
    {
        Price = 500,
        Attributes = new Dictionary<string, AttributeValue> { ["metal"] = AttributeValue.Of("Gold"), ["carat"] = AttributeValue.Of(0.5) },
    };

    [Fact]
    public void EveryConditionMustHold_AndTextComparesWithoutCase()
    {
        var filter = new SearchFilter
        {
            Categories = ["earrings", "RINGS"],
            Attributes = new Dictionary<string, IReadOnlyList<AttributeValue>> { ["Metal"] = [AttributeValue.Of("silver"), AttributeValue.Of("gold")] },
            Ranges = new Dictionary<string, NumberRange> { ["price"] = new() { Gte = 500, Lt = 501 }, ["carat"] = new() { Gt = 0.4, Lte = 0.5 } },
        };

        Assert.True(FilterRule.Matches(filter, Ring));
        Assert.False(FilterRule.Matches(filter with { Categories = ["watches"] }, Ring));
        Assert.False(FilterRule.Matches(filter, Ring with { Price = null }));
        Assert.False(FilterRule.Matches(filter, Ring with { Attributes = new Dictionary<string, AttributeValue>() }));
    }

    [Fact]
    public void ARangeOnAText_AndATextOnANumber_DoNotMatch()
    {
        Assert.False(FilterRule.Matches(new SearchFilter { Ranges = new Dictionary<string, NumberRange> { ["metal"] = new() { Gte = 0 } } }, Ring));
        Assert.False(FilterRule.Matches(
            new SearchFilter { Attributes = new Dictionary<string, IReadOnlyList<AttributeValue>> { ["carat"] = [AttributeValue.Of("0.5")] } }, Ring));
    }

    [Fact]
    public void NumberRange_AgreesWithPlainComparisons() =>
        Gen.Select(Gen.Double[-2, 2], Gen.Double[-2, 2].Nullable(), Gen.Double[-2, 2].Nullable(), Gen.Bool, Gen.Bool).Sample((value, low, high, openLow, openHigh) =>
        {
            var range = new NumberRange { Gte = openLow ? null : low, Gt = openLow ? low : null, Lte = openHigh ? null : high, Lt = openHigh ? high : null };
            var above = low is not { } l || (openLow ? value > l : value >= l);
            var below = high is not { } h || (openHigh ? value < h : value <= h);
            return range.Contains(value) == (above && below);
        });
}
