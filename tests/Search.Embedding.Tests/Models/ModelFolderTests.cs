using System.Text.Json.Nodes;
using Search.Imaging;
using Search.Models;
using Search.Testing;

namespace Search.Embedding.Tests;

public sealed class ModelFolderTests : IDisposable
{
    private readonly TemporaryFolder _models = new();

    [Fact]
    public void Load_OfAPublishedModel_GivesItsPreprocessing()
    {
        TinyModel.Publish(_models.Path);
        var model = Load();
        Assert.Equal(TinyModel.Preprocessing, model.Preprocessing);
        Assert.StartsWith("tiny@1.0.0+", model.Id.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAFileWithOneFlippedBit_IsRefusedBeforeTheRuntimeSeesIt()
    {
        TinyModel.Publish(_models.Path);
        var path = Path.Combine(_models[TinyModel.Name], "model.onnx");
        var bytes = File.ReadAllBytes(path);
        bytes[^100] ^= 1;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("SHA-256", Assert.Throws<InvalidModelException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfTheSameWeightsUnderAnotherPreprocessing_HasAnotherModelId()
    {
        TinyModel.Publish(_models.Path);
        var before = Load().Id;
        TinyModel.Publish(_models.Path, card => card with { Preprocessing = TinyModel.Json(TinyModel.Preprocessing with { Fit = ImageFit.CenterCrop }) });
        Assert.NotEqual(before, Load().Id);
    }

    [Theory]
    [InlineData("revision", "99")]
    [InlineData("layout", "\"nhwc\"")]
    [InlineData("width", "0")]
    [InlineData("sharpen", "true")]
    public void Load_WithAPreprocessingThatThisBuildDoesNotImplement_IsRefused(string member, string value)
    {
        TinyModel.Publish(_models.Path, card => card with { Preprocessing = With(card.Preprocessing, member, value) });
        Assert.Contains("preprocessing", Assert.Throws<InvalidModelException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_WithAPreprocessingThatLeavesAMemberToItsDefault_IsRefusedAndShowsTheCompleteForm()
    {
        TinyModel.Publish(_models.Path, card => card with { Preprocessing = Without(card.Preprocessing, "resampling") });
        Assert.Contains("\"resampling\":", Assert.Throws<InvalidModelException>(Load).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_OfAnUnknownName_SaysWhatThereIs()
    {
        TinyModel.Publish(_models.Path);
        var error = Assert.Throws<InvalidModelException>(() => new ModelFolder(_models.Path).Load("jewelry"));
        Assert.Contains("It has tiny", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FromAFolderThatCarriesAnotherName_IsRefused()
    {
        TinyModel.Publish(_models.Path);
        Directory.Move(_models[TinyModel.Name], _models["other"]);
        Assert.Throws<InvalidModelException>(() => new ModelFolder(_models.Path).Load("other"));
    }

    [Fact]
    public void List_WithAnUnreadableCardAmongOthers_ShowsTheOthers()
    {
        TinyModel.Publish(_models.Path);
        Directory.CreateDirectory(_models["broken"]);
        File.WriteAllText(Path.Combine(_models["broken"], "model.json"), "{");
        Directory.CreateDirectory(_models["notes"]);
        Assert.Equal([TinyModel.Name], new ModelFolder(_models.Path).List().Select(c => c.Name));
    }

    public void Dispose() => _models.Dispose();

    private VerifiedModel Load() => new ModelFolder(_models.Path).Load(TinyModel.Name);

    private static JsonObject With(JsonObject json, string member, string value)
    {
        json[member] = JsonNode.Parse(value);
        return json;
    }

    private static JsonObject Without(JsonObject json, string member)
    {
        json.Remove(member);
        return json;
    }
}
