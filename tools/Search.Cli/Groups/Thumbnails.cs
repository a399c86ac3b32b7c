using Search.Cli.Api;

namespace Search.Cli.Groups;

/// <summary>Small pictures of items, each fetched once.</summary>
internal sealed class Thumbnails(SearchApi api)
{
    // Twice what a report shows them at, for sharp screens.
    private const int Side = 192;

    private readonly Dictionary<(string Id, int Image), byte[]> _known = [];

    /// <summary>Empty where the picture is gone.</summary>
    internal async Task<byte[]> GetAsync(GroupItem item, CancellationToken cancellation)
    {
        if (_known.TryGetValue((item.Id, item.Image), out var known))
            return known;
        return _known[(item.Id, item.Image)] = await api.ThumbnailAsync(item.Id, item.Image, Side, cancellation) ?? [];
    }
}
