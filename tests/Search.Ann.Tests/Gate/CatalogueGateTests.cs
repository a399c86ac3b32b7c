using Microsoft.Extensions.Options;
using Search.Contracts.Verdicts;

namespace Search.Ann.Tests.Gate;

public sealed class CatalogueGateTests
{
    [Fact]
    public async Task AModelThatSeesTheSame_PassesWithNoGain_AndTheSameQuestionsHaveTheSameHash()
    {
        await using var service = await JudgedService.StartAsync();
        await service.AddAsync("Rings", 20, 2, 0.6, 0.6);
        await service.AddAsync("Watches", 20, 2, 0.6, 0.6);
        var same = await service.JudgeAsync(JudgedService.Production, JudgedService.Production);
        Assert.Equal((VerdictOutcome.Passed, true, 40, 80), (same.Outcome, same.Admits, same.Items, same.Pictures));
        Assert.Equal(["category mAP", "piece R@1"], same.Figures.Select(figure => figure.Metric));
        Assert.All(same.Figures, figure => Assert.Equal((40, 0.0, 0.0, 0.0), (figure.Queries, figure.Gain, figure.Low, figure.High)));
        Assert.Equal(["Rings", "Watches"], same.Figures[0].Categories.Select(category => category.Category));
        Assert.Equal(same.DataHash, (await service.JudgeAsync()).DataHash);
        await service.AddAsync("Pins", 1, 1, 1, 1);
        Assert.NotEqual(same.DataHash, (await service.JudgeAsync()).DataHash);
    }

    [Fact]
    public async Task ABetterModel_Passes_AndTheOtherWayRound_Fails()
    {
        await using var service = await JudgedService.StartAsync();
        await service.AddAsync("rings", 20, 3, 0.3, 0.8);
        // Categories compare without case.
        await service.AddAsync("watches", 10, 3, 0.3, 0.8);
        await service.AddAsync("WATCHES", 10, 3, 0.3, 0.8);
        var there = await service.JudgeAsync();
        var back = await service.JudgeAsync(JudgedService.Production, JudgedService.Candidate);
        Assert.Equal(VerdictOutcome.Passed, there.Outcome);
        Assert.All(there.Figures, figure => Assert.True(figure.Low > 0.05, figure.ToString()));
        Assert.Equal(2, there.Figures[0].Categories.Length);
        Assert.Equal((VerdictOutcome.Failed, false), (back.Outcome, back.Admits));
        Assert.Contains(back.Reasons, reason => reason.StartsWith("category mAP is ", StringComparison.Ordinal));
        Assert.Equal(there.Figures[0].Gain, -back.Figures[0].Gain, 1e-12);
    }

    [Fact]
    public async Task OneCategoryMadeWorse_IsNamed_HoweverGoodTheRest()
    {
        await using var service = await JudgedService.StartAsync();
        foreach (var category in new[] { "rings", "chains", "pins" })
            await service.AddAsync(category, 20, 2, 0.3, 0.9);
        await service.AddAsync("watches", 20, 2, 0.9, 0.2);
        var verdict = await service.JudgeAsync();
        Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
        Assert.True(verdict.Figures[0].Gain > 0);
        Assert.Equal(["watches"], verdict.Figures[0].Categories.Where(category => category.Worse).Select(category => category.Category));
        Assert.Contains(verdict.Reasons, reason => reason.StartsWith("category mAP of watches is ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PicturesThatTheCandidateLacks_CountAgainstIt()
    {
        await using var service = await JudgedService.StartAsync();
        await service.AddAsync("rings", 20, 2, 0.5, 0.9);
        await service.AddAsync("watches", 20, 2, 0.5, 0.9);
        await service.AddAsync("pins", 2, 2, 0.5, null);
        var verdict = await service.JudgeAsync();
        Assert.Equal(VerdictOutcome.Failed, verdict.Outcome);
        Assert.Equal("The candidate has no vector of 4 of 84 pictures, which it will never find.", verdict.Reasons[0]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OneCategoryWithOnePictureAnItem_SaysNothing_AndThePolicyDecides(bool allow)
    {
        await using var service = await JudgedService.StartAsync(allow ? ["--Gate:WhenUndecided", "Allow"] : []);
        await service.AddAsync("rings", 60, 1, 0.5, 0.1);
        var verdict = await service.JudgeAsync();
        Assert.Equal((VerdictOutcome.Undecided, allow), (verdict.Outcome, verdict.Admits));
        Assert.Empty(verdict.Figures);
        Assert.Equal(2, verdict.Reasons.Length);
    }

    [Fact]
    public async Task AnEmptyCatalogue_IsUndecided()
    {
        await using var service = await JudgedService.StartAsync();
        Assert.Equal((VerdictOutcome.Undecided, 0), ((await service.JudgeAsync()).Outcome, (await service.JudgeAsync()).Items));
    }

    [Fact]
    public async Task ALargeCatalogue_IsSampled_TheSameWayEachTime()
    {
        await using var service = await JudgedService.StartAsync("--Gate:MaxItems", "60", "--Gate:MaxQueries", "35");
        await service.AddAsync("rings", 100, 1, 0.5, 0.6);
        await service.AddAsync("watches", 100, 1, 0.5, 0.6);
        var verdict = await service.JudgeAsync();
        Assert.InRange(verdict.Items, 36, 60);
        Assert.Equal(35, verdict.Figures.Single(figure => figure.Metric == "category mAP").Queries);
        Assert.Equal(verdict.DataHash, (await service.JudgeAsync()).DataHash);
    }

    [Theory]
    [InlineData("--Gate:Metrics", "shopper R@1")]
    [InlineData("--Gate:Tolerance", "2")]
    [InlineData("--Gate:MinQueries", "0")]
    [InlineData("--Gate:MaxQueries", "100000")]
    [InlineData("--Gate:WhenUndecided", "7")]
    public async Task AWrongSetting_StopsTheStart(string name, string value) =>
        await Assert.ThrowsAsync<OptionsValidationException>(() => JudgedService.StartAsync(name, value));

    [Fact]
    public async Task AMisspeltSetting_StopsTheStart() => await Assert.ThrowsAsync<InvalidOperationException>(() => JudgedService.StartAsync("--Gate:Margins", "0.1"));
}
