using System.Security.Cryptography;
using System.Text;

namespace Search.MetricLearning.Data;

/// <summary>
/// Divides whole groups, category by category. The order in which groups are drawn depends on their photos' content and
/// the seed only, so adding a photo moves few others and renaming a file moves none.
/// </summary>
public static class GroupedSplit
{
    /// <param name="photos">The photos.</param>
    /// <param name="groups">The group of each; a group is never divided.</param>
    /// <param name="options">Share and seed.</param>
    /// <param name="earlier">
    /// A division that holds for the photos that it names; null for none. A model that goes on learning must not be judged by what it has learnt from before: a group stays to be
    /// trained on if any of its photos was, and held out if any was and none was trained on.
    /// </param>
    /// <exception cref="ArgumentException">The lists differ in length.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in (0, 1).</exception>
    public static SplitManifest Divide(IReadOnlyList<LabelledPhoto> photos, IReadOnlyList<int> groups, SplitOptions options, SplitManifest? earlier = null)
    {
        ArgumentNullException.ThrowIfNull(photos);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(options);
        if (photos.Count != groups.Count)
            throw new ArgumentException($"There are {photos.Count} photos and {groups.Count} groups.", nameof(groups));
        if (!(options.HeldOutShare > 0 && options.HeldOutShare < 1))
            throw new ArgumentOutOfRangeException(nameof(options), options.HeldOutShare, "The held-out share must be between 0 and 1.");

        var pieces = photos.Select((photo, i) => (photo, group: groups[i]))
            .GroupBy(p => p.group, p => p.photo)
            .Select(piece => new Piece(MainCategory(piece), piece.Count(), [.. piece.Select(p => p.ContentHash).Distinct().Order(StringComparer.Ordinal)]))
            .ToArray();
        var known = new EarlierSides(earlier);
        List<IReadOnlyList<string>> training = [], heldOut = [];
        foreach (var category in pieces.GroupBy(p => p.Category).OrderBy(c => c.Key, StringComparer.Ordinal))
        {
            var wanted = options.HeldOutShare * category.Sum(p => p.Photos);
            double taken = 0;
            // What is decided already counts first.
            foreach (var piece in category.OrderBy(p => known.IsHeldOut(p.Hashes) is null).ThenBy(p => DrawOrder(p, options.Seed), StringComparer.Ordinal))
            {
                // A large group goes in only if that brings the share closer to what was asked for.
                var takes = known.IsHeldOut(piece.Hashes) ?? taken + piece.Photos / 2.0 <= wanted;
                (takes ? heldOut : training).Add(piece.Hashes);
                taken += takes ? piece.Photos : 0;
            }
        }
        return new SplitManifest
        {
            Seed = options.Seed,
            HeldOutShare = options.HeldOutShare,
            Training = Ordered(training),
            HeldOut = Ordered(heldOut),
        };
    }

    private static string MainCategory(IEnumerable<LabelledPhoto> photos) =>
        photos.CountBy(p => p.Category).OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).First().Key;

    private static string DrawOrder(Piece piece, int seed) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}:{piece.Hashes[0]}")));

    private static IReadOnlyList<string>[] Ordered(IEnumerable<IReadOnlyList<string>> groups) =>
        [.. groups.OrderBy(g => g[0], StringComparer.Ordinal)];

    private sealed class EarlierSides(SplitManifest? earlier)
    {
        private readonly HashSet<string> _training = [.. earlier?.Training.SelectMany(group => group) ?? []];
        private readonly HashSet<string> _heldOut = [.. earlier?.HeldOut.SelectMany(group => group) ?? []];

        /// <summary>Null for a group that the earlier division does not know.</summary>
        public bool? IsHeldOut(IReadOnlyList<string> hashes) =>
            hashes.Any(_training.Contains) ? false : hashes.Any(_heldOut.Contains) ? true : null;
    }

    private sealed record Piece(string Category, int Photos, IReadOnlyList<string> Hashes);
}
