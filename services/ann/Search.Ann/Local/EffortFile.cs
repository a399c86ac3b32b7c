using Search.Ann.Collections;
using Search.Ann.Indexes.Tuning;
using Search.Vectors.Files;

namespace Search.Ann.Local;

/// <summary>
/// The efforts chosen for a collection's segments, so that a start need not measure for them again. Version 1: head · efforts. Nothing depends on it: a file that is damaged is passed over.
/// </summary>
internal static class EffortFile
{
    private const string Magic = "SEARCHEF";
    private const int Version = 1;

    // Segments that a collection has at the very most.
    private const int MostEfforts = 1_000_000;

    public static void Save(string path, JournalHead head, IReadOnlyList<SegmentEffort> efforts) => CollectionFolder.WriteAtomically(path, stream =>
    {
        var writer = new ChecksumWriter(stream);
        writer.WriteHead(Magic, Version);
        head.WriteTo(writer);
        writer.Write(efforts.Count);
        foreach (var (first, last, file, (count, effort)) in efforts)
        {
            writer.Write(first);
            writer.Write(last);
            writer.Write(file);
            writer.Write(count);
            writer.Write(effort.Effort);
            writer.Write((int)effort.Outcome);
            writer.Write(effort.TargetRecall);
            writer.Write(effort.Measured.K);
            writer.Write(effort.Measured.Queries);
            writer.Write(effort.Measured.Recall);
            writer.Write(effort.Measured.Low);
            writer.Write(effort.Measured.High);
            writer.Write(effort.Measured.DistancesPerQuery);
            writer.Write(effort.Measured.VisitsPerQuery);
        }
        writer.EndSection();
    });

    /// <exception cref="InvalidDataException">Damaged, of a newer version, or of another collection.</exception>
    public static IReadOnlyList<SegmentEffort> Load(string path, JournalHead expected)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        var reader = new ChecksumReader(stream);
        reader.ReadHead(Magic, Version);
        reader.Require(JournalHead.Read(reader) == expected, "head", "it is of another collection");
        reader.BeginSection("efforts");
        var count = reader.Read<int>();
        reader.Require(count is >= 0 and <= MostEfforts, "efforts", "a count is out of range");
        var efforts = new List<SegmentEffort>();
        for (var i = 0; i < count; i++)
            efforts.Add(ReadOne(reader));
        reader.EndSection("efforts");
        reader.Require(stream.Position == stream.Length, "efforts", "there is something behind them");
        foreach (var (_, _, _, (then, effort)) in efforts)
        {
            var isSound = then >= 0 && effort.Effort >= 1 && Enum.IsDefined(effort.Outcome) && effort.Measured.K >= 1 && effort.Measured.Queries >= 0
                && effort.TargetRecall is >= 0 and <= 1 && effort.Measured.Recall is >= 0 and <= 1;
            reader.Require(isSound, "efforts", "a value is out of range");
        }
        return efforts;
    }

    private static SegmentEffort ReadOne(ChecksumReader reader)
    {
        var (first, last, file, count) = (reader.Read<int>(), reader.Read<int>(), reader.Read<int>(), reader.Read<int>());
        var (effort, outcome, target) = (reader.Read<int>(), (TuningOutcome)reader.Read<int>(), reader.Read<double>());
        var measured = new MeasuredRecall
        {
            Effort = effort,
            K = reader.Read<int>(),
            Queries = reader.Read<int>(),
            Recall = reader.Read<double>(),
            Low = reader.Read<double>(),
            High = reader.Read<double>(),
            DistancesPerQuery = reader.Read<double>(),
            VisitsPerQuery = reader.Read<double>(),
        };
        return new SegmentEffort(first, last, file, new ChosenEffort(count, new TunedEffort { Effort = effort, Outcome = outcome, TargetRecall = target, Measured = measured, Tried = [measured] }));
    }
}

/// <param name="File">Number of the segment's file; 0 for one that has none.</param>
internal sealed record SegmentEffort(int First, int Last, int File, ChosenEffort Chosen);
