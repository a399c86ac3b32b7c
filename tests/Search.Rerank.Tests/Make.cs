using Search.Contracts.Catalogue;
using Search.Contracts.Messages;

namespace Search.Rerank.Tests;

/// <summary>Short ways to make catalogue documents.</summary>
internal static class Make
{
    internal static ItemDocument Item(string id, string category = "rings", params ImageDocument[] images) => new()
    {
        Id = id, Revision = 1, Title = id, Category = category, Images = images.Length > 0 ? images : [Image(0, id)],
    };

    internal static ImageDocument Image(int number, string content, ulong? hash = null) => new()
    {
        Number = number, ContentHash = content.PadRight(64, '0'), PerceptualHash = hash, State = ImageState.Indexed, Revision = 1,
    };

    internal static RerankCandidates Query(int k, params (string Key, float Score)[] candidates) => new()
    {
        K = k, Candidates = [.. candidates.Select(c => new Neighbour(c.Key, c.Score))],
    };
}
