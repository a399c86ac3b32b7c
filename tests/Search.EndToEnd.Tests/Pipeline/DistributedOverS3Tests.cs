using Search.EndToEnd.Tests.Fixtures;

namespace Search.EndToEnd.Tests.Pipeline;

/// <summary>Services that share no folder but a bucket.</summary>
public sealed class DistributedOverS3Tests(DistributedSuiteOverS3 distributed) : IClassFixture<DistributedSuiteOverS3>
{
    [Fact]
    public async Task CataloguePictures_QueryPicturesAndTheModel_AreInTheBucketAlone()
    {
        var (status, answer) = await distributed.Gateway.SearchAsync(LargeBitmap.OfNoise(), ("k", "3"));
        Assert.Equal(200, status);
        var found = answer.ItemIds();
        Assert.Equal(3, found.Count);

        foreach (var id in found)
        {
            using var image = await distributed.Gateway.Http.GetAsync(new Uri($"/v1/items/{id}/image", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(image.IsSuccessStatusCode);
        }
        var models = await distributed.Gateway.GetAsync("/v1/models");
        Assert.True((bool)models["models"]![0]!["active"]!);
        Assert.False(Directory.Exists(distributed.Blobs));
    }
}
