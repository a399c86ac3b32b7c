using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Search.Ann.Collections;
using Search.Ann.Local;
using Search.Contracts;
using Search.Testing.Vectors;

namespace Search.Ann.Tests.Local;

/// <summary>
/// The process that <see cref="LocalKillTests"/> kills: it opens a collection, says so, and writes for ever, each operation given by its number alone and acknowledged by a line with that number. Segments are tiny, so that
/// at almost any moment one is being written, merged, named by a snapshot or deleted.
/// </summary>
internal static class KilledWriter
{
    public const string FolderVariable = "SEARCH_KILLED_WRITER_FOLDER";
    public const string NextVariable = "SEARCH_KILLED_WRITER_NEXT";
    public const int Dimension = 16;
    public const int Keys = 150;
    private const int MostAtOnce = 12;

    public static readonly EmbeddingModelId Model = EmbeddingModelId.Create("kill", "1", "00112233aabbccdd");

    /// <summary>Opens collections as the writer does.</summary>
    public static LocalCollectionFixture Settings => new(exactUpTo: 30, segmentSize: 20);

    public static async Task<int> RunAsync(string folder)
    {
        using var local = Settings;
        LocalVectorCollection.Create(folder, Model, Dimension);
        await using var collection = LocalVectorCollection.Open(folder, Model, local.Settings, NullLogger.Instance);
        await using var output = Console.OpenStandardOutput();
        Acknowledge(output, 0);
        for (var number = int.Parse(Environment.GetEnvironmentVariable(NextVariable)!, CultureInfo.InvariantCulture); ; number++)
        {
            var keys = KeysOf(number, out var isRemoval);
            if (isRemoval) await collection.RemoveAsync([.. keys.Select(key => new VectorRemoval(key, number))], CancellationToken.None);
            else await collection.UpsertAsync(Model, [.. keys.Select(key => new VectorEntry(key, number, VectorOf(key, number)))], CancellationToken.None);
            Acknowledge(output, number);
            if (number % 7 == 0) await collection.SnapshotAsync(CancellationToken.None);
        }
    }

    /// <summary>The keys that an operation writes or removes.</summary>
    public static string[] KeysOf(int number, out bool isRemoval)
    {
        var random = new Random(number);
        isRemoval = random.Next(4) == 0;
        return [.. Enumerable.Range(0, 1 + random.Next(MostAtOnce)).Select(_ => Key(random.Next(Keys))).Distinct()];
    }

    public static string Key(int i) => ImageKey.Create($"item{i}", 0);

    public static float[] VectorOf(string key, long revision) => new RandomVectors(HashCode(key) ^ (int)revision * 7_919).Unit(Dimension);

    private static int HashCode(string key) => key.Aggregate(17, (hash, letter) => unchecked(hash * 31 + letter));

    // One write: a line is there whole or not at all.
    private static void Acknowledge(Stream output, int number) => output.Write(System.Text.Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{number}\n")));
}
