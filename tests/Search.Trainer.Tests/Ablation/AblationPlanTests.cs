using Search.Testing;
using Search.Trainer.Ablation;

namespace Search.Trainer.Tests.Ablation;

public sealed class AblationPlanTests
{
    [Theory]
    [InlineData("miners", 8, "random, offline")]
    [InlineData("hard-negatives", 5, "mined, 0.7")]
    public void Read_CommittedPlan_HasValidVariantsOfOneBudget(string plan, int count, string mined)
    {
        var variants = AblationPlan.Read(Path.Combine(Repository.Root, $"services/trainer/ablations/{plan}.json"), seed: 3).Variants;
        Assert.Equal(count, variants.Count);
        Assert.All(variants, v => Assert.Equal((variants[0].Options.Top, variants[0].Options.Whole, 3), (v.Options.Top, v.Options.Whole, v.Options.Seed)));
        Assert.Null(variants[0].Options.HardNegatives);
        Assert.NotNull(variants.Single(v => v.Name == mined).Options.HardNegatives);
    }

    [Theory]
    [InlineData("""{"variants":{"a":{}}}""", "at least two variants")]
    [InlineData("""{"variants":{"a":{},"b":{"top":{"steps":9}}}}""", "'b' changes 'top'")]
    [InlineData("""{"variants":{"a":{},"b":{"Seed":9}}}""", "'b' changes 'Seed'")]
    [InlineData("""{"variants":{"a":{},"b":{"network":{"width":0.5}}}}""", "'b' changes 'network'")]
    [InlineData("""{"variants":{"a":{},"b":{"instanceWieght":1}}}""", "instanceWieght")]
    [InlineData("""{"variants":{"a":{"instanceWeight":2},"b":{"losses":[{"name":"tripplet"}]}}}""", "no loss is named 'tripplet'")]
    [InlineData("""{"variants":{"a":{"instanceWeight":2},"b":{"losses":[{"name":"tripplet"}]}}}""", "instanceWeight is 2")]
    [InlineData("""{"variants":{"a":{},"b":{"hardNegatives":{"index":"hnws"}}}}""", "'hnws'")]
    [InlineData("""{"vriants":{}}""", "'vriants'")]
    [InlineData("""{"variants":{"a":1,"b":{}}}""", "cannot be read")]
    [InlineData("""[]""", "cannot be read")]
    [InlineData("""{""", "cannot be read")]
    public void Read_WrongPlan_SaysWhat(string json, string expected)
    {
        var path = Path.Combine(Path.GetTempPath(), $"{Guid.NewGuid():N}.json");
        File.WriteAllText(path, json);
        try
        {
            Assert.Contains(expected, Assert.Throws<TrainerException>(() => AblationPlan.Read(path, 1)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
