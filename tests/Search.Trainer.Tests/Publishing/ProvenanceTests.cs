using Search.Testing;
using Search.Trainer.Publishing;

namespace Search.Trainer.Tests.Publishing;

public sealed class ProvenanceTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Read_TheCommittedOne_NamesOriginAndLicenceOfEveryIngredient()
    {
        var stated = Provenance.Read(Path.Combine(Repository.Root, "models", "provenance.json"));
        Assert.Equal(3, stated.Ingredients.Count);
        Assert.All(stated.Ingredients, ingredient => Assert.True(ingredient is { What.Length: > 0, Origin.Length: > 0, Licence.Length: > 0 }));
        Assert.NotEmpty(stated.Limits);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"licence":"MIT","ingredients":[],"limits":[],"licences":[]}""")]
    [InlineData("""{"licence":"MIT","ingredients":null,"limits":[]}""")]
    [InlineData("""{"licence":"MIT","limits":[]}""")]
    public void Read_AnythingElse_IsRefused(string json)
    {
        File.WriteAllText(_folder["provenance.json"], json);
        Assert.Throws<TrainerException>(() => Provenance.Read(_folder["provenance.json"]));
    }

    [Fact]
    public void Unstated_SaysWhatWasSeen_AndClaimsNoLicence()
    {
        var unstated = Provenance.Unstated(["watches", "rings", "rings"], hasCatalogue: true);
        Assert.Equal(3, unstated.Ingredients.Count);
        Assert.Contains("3 in the categories rings, watches", unstated.Ingredients[1].What, StringComparison.Ordinal);
        Assert.All(unstated.Ingredients, ingredient => Assert.StartsWith("Not stated", ingredient.Licence, StringComparison.Ordinal));
        Assert.Equal(2, Provenance.Unstated(["rings"], hasCatalogue: false).Ingredients.Count);
    }
}
