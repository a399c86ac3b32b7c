using System.Text.Json;

namespace Search.Imaging.Tests.Preprocessing;

public class ImagePreprocessingTests
{
    private static readonly ImagePreprocessing s_unlikeDefault = new()
    {
        Width = 160,
        Height = 192,
        Fit = ImageFit.CenterCrop,
        Background = new(1, 2, 254),
        Resampling = ResamplingFilter.CatmullRom,
        Mean = [0.485f, 0.456f, 0.406f],
        Std = [0.229f, 0.224f, 0.225f],
    };

    [Fact]
    public void ToJson_Default_IsTheCanonicalForm() => Assert.Equal(
        """{"revision":1,"width":224,"height":224,"fit":"letterbox","background":"#ffffff","resampling":"triangle","mean":[0.5,0.5,0.5],"std":[0.5,0.5,0.5],"channelOrder":"rgb","layout":"nchw"}""",
        new ImagePreprocessing().ToJson());

    [Fact]
    public void Fingerprint_IsPinned_SoThatStoredVectorsKeepTheirModel()
    {
        Assert.Equal("26456a8b0eda4de9", new ImagePreprocessing().Fingerprint);
        Assert.Equal("3ff1ae799f7abb15", s_unlikeDefault.Fingerprint);
    }

    [Fact]
    public void FromJson_OfToJson_GivesAnEqualDefinition()
    {
        var copy = ImagePreprocessing.FromJson(s_unlikeDefault.ToJson());
        Assert.Equal(s_unlikeDefault, copy);
        Assert.Equal(s_unlikeDefault.GetHashCode(), copy.GetHashCode());
        Assert.Equal(s_unlikeDefault.Fingerprint, copy.Fingerprint);
        Assert.NotEqual(new ImagePreprocessing(), copy);
    }

    [Fact]
    public void FromJson_MembersReorderedAndOptionalOnesAbsent_HasTheSameFingerprint()
    {
        var json = """{ "std": [0.5, 0.5, 0.5], "mean": [0.5, 0.5, 0.5], "height": 224, "width": 224 }""";
        Assert.Equal(new ImagePreprocessing().Fingerprint, ImagePreprocessing.FromJson(json).Fingerprint);
    }

    [Fact]
    public void Deserialize_InsideACard_ReadsAndValidates()
    {
        var card = JsonSerializer.Deserialize<Card>($$"""{"Preprocessing":{{s_unlikeDefault.ToJson()}}}""");
        Assert.Equal(s_unlikeDefault, card!.Preprocessing);
        var broken = $$"""{"Preprocessing":{{s_unlikeDefault.ToJson().Replace("160", "-1", StringComparison.Ordinal)}}}""";
        Assert.Contains("width is -1", Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Card>(broken)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"revision\":1", "\"revision\":2", "revision is 2 and this build implements 1")]
    [InlineData("\"width\":224", "\"width\":0", "width is 0")]
    [InlineData("\"height\":224", "\"height\":5000", "height is 5000")]
    [InlineData("\"mean\":[0.5,0.5,0.5]", "\"mean\":[0.5,0.5]", "mean needs three")]
    [InlineData("\"std\":[0.5,0.5,0.5]", "\"std\":[0.5,0,0.5]", "std needs three positive")]
    [InlineData("\"rgb\"", "\"bgr\"", "channelOrder is \"bgr\"")]
    [InlineData("\"nchw\"", "\"nhwc\"", "layout is \"nhwc\"")]
    [InlineData("\"letterbox\"", "\"stretch\"", "fit")]
    [InlineData("\"#ffffff\"", "\"white\"", "\"white\" is not a colour")]
    [InlineData("\"revision\":1", "\"revision\":1,\"gamma\":2.2", "gamma")]
    [InlineData("\"width\":224,", "", "width")]
    public void FromJson_OneThingWrong_SaysWhat(string good, string bad, string expected)
    {
        var json = new ImagePreprocessing().ToJson().Replace(good, bad, StringComparison.Ordinal);
        Assert.Contains(expected, Assert.Throws<JsonException>(() => ImagePreprocessing.FromJson(json)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_SeveralThingsWrong_ListsThemAll()
    {
        var message = Assert.Throws<ArgumentException>(() => new ImagePreprocessing { Width = -3, Std = [1, float.NaN, 1], Layout = "x" }.Validate()).Message;
        Assert.Contains("width is -3", message, StringComparison.Ordinal);
        Assert.Contains("std", message, StringComparison.Ordinal);
        Assert.Contains("layout", message, StringComparison.Ordinal);
    }

    private sealed record Card(ImagePreprocessing Preprocessing);
}
