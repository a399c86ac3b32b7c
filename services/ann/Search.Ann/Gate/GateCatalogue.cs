using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Search.Ann.Gate;

/// <summary>A picture under both models.</summary>
/// <param name="Production">Its vector.</param>
/// <param name="Candidate">Its vector, or null when the candidate has none of it.</param>
internal sealed record GatePicture(int Number, string ContentHash, float[] Production, float[]? Candidate);

/// <param name="Asked">Whether it is asked about, or only found.</param>
/// <param name="Pictures">In order of their numbers, none the same file as another; one at least.</param>
internal sealed record GateItem(string Id, string Category, bool Asked, IReadOnlyList<GatePicture> Pictures);

/// <summary>What a gate asks about, at about one moment.</summary>
/// <param name="Items">In ordinal order of their ids.</param>
internal sealed record GateCatalogue(IReadOnlyList<GateItem> Items)
{
    public int Pictures => Items.Sum(item => item.Pictures.Count);

    public int Lacking => Items.Sum(item => item.Pictures.Count(picture => picture.Candidate is null));

    /// <summary>SHA-256 of everything but the vectors.</summary>
    public string Hash()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var item in Items)
        {
            // No id, category or hash has a line feed.
            hash.AppendData(Encoding.UTF8.GetBytes($"{(item.Asked ? "asked" : "there")}\n{item.Id}\n{item.Category}\n"));
            foreach (var picture in item.Pictures)
                hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{picture.Number}\n{picture.ContentHash}\n")));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
