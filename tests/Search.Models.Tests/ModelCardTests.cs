using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Search.Testing;

namespace Search.Models.Tests;

public sealed class ModelCardTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Card_AfterWritingAndReading_HasTheSameId_AndItsFileVerifies()
    {
        var card = Publish();

        var read = ModelCard.Read(_folder.Path);

        Assert.Equal(card.Id, read.Id);
        Assert.Equal(_folder["model.onnx"], read.VerifyFile(_folder.Path));
        Assert.StartsWith("jewelry@1.2.0+", read.Id.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void AFlippedByteInTheModelFile_IsRefused()
    {
        Publish();
        var bytes = File.ReadAllBytes(_folder["model.onnx"]);
        bytes[1] ^= 1;
        File.WriteAllBytes(_folder["model.onnx"], bytes);

        var e = Assert.Throws<InvalidModelException>(() => ModelCard.Read(_folder.Path).VerifyFile(_folder.Path));

        Assert.Contains("SHA-256", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnotherPreprocessing_OrOtherWeights_GiveAnotherId_ButTheOrderOfPropertiesDoesNot()
    {
        var card = Publish();

        Assert.NotEqual(card.Id, (card with { Preprocessing = JsonNode.Parse("""{"width":160,"mean":[0.5]}""")!.AsObject() }).Id);
        Assert.NotEqual(card.Id, (card with { File = card.File with { Sha256 = new string('0', 64) } }).Id);
        Assert.Equal(card.Id, (card with { Preprocessing = JsonNode.Parse("""{"mean":[0.5],"width":224}""")!.AsObject() }).Id);
    }

    [Theory]
    [InlineData("\"format\": 1", "\"format\": 9", "format 9")]
    [InlineData("\"dimension\": 128", "\"dimension\": 0", "dimension")]
    [InlineData("\"name\": \"model.onnx\"", "\"name\": \"../model.onnx\"", "outside")]
    [InlineData("\"name\": \"jewelry\"", "\"name\": \"Je welry\"", "model id")]
    [InlineData("\"dimension\": 128,", "", "dimension")]
    [InlineData("{", "", "read")]
    public void ACardThatCannotBeRight_IsRefusedWithItsReason(string from, string to, string reason)
    {
        Publish();
        var text = File.ReadAllText(_folder["model.json"]);
        Assert.Contains(from, text, StringComparison.Ordinal);
        var place = text.IndexOf(from, StringComparison.Ordinal);
        File.WriteAllText(_folder["model.json"], string.Concat(text.AsSpan(0, place), to, text.AsSpan(place + from.Length)));

        var e = Assert.Throws<InvalidModelException>(() => ModelCard.Read(_folder.Path));

        Assert.Contains(reason, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingCard_OrModelFile_IsSaidToBeMissing()
    {
        Assert.Throws<InvalidModelException>(() => ModelCard.Read(_folder["nowhere"]));
        var card = Publish();
        File.Delete(_folder["model.onnx"]);
        Assert.Throws<InvalidModelException>(() => card.VerifyFile(_folder.Path));
    }

    private ModelCard Publish()
    {
        byte[] model = [1, 2, 3];
        File.WriteAllBytes(_folder["model.onnx"], model);
        var card = new ModelCard
        {
            Format = ModelCard.CurrentFormat, Name = "jewelry", Version = "1.2.0", Description = "A test's.", Dimension = 128, Input = "input", Output = "embedding",
            File = new ModelFile("model.onnx", Convert.ToHexStringLower(SHA256.HashData(model)), "float32"),
            Preprocessing = JsonNode.Parse("""{"width":224,"mean":[0.5]}""")!.AsObject(), Licence = "MIT",
        };
        card.Write(_folder.Path);
        return card;
    }
}
