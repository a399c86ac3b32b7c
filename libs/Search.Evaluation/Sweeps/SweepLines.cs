namespace Search.Evaluation.Sweeps;

/// <summary>The machine a sweep ran on: the first line of its file, and the caption of its picture.</summary>
/// <param name="MemoryGiB">What the process may use.</param>
/// <param name="Kernels">The SIMD path of our kernels.</param>
/// <param name="Date">Of the run, ISO 8601.</param>
internal sealed record SweepMachine(string Cpu, int Cores, double MemoryGiB, string Os, string Runtime, string Kernels, string Date)
{
    public override string ToString() =>
        FormattableString.Invariant($"{Cpu}, {Cores} {(Cores == 1 ? "core" : "cores")}, {MemoryGiB:0} GiB, {Os}, {Runtime}, {Kernels}, {Date}");
}

/// <summary>A set of vectors.</summary>
internal sealed record SweepSet(string Name, int Count, int Dimension);

/// <summary>One engine at one effort, as it reports itself. What it does not report is null.</summary>
/// <param name="Round">Of the runs of all engines in turn, from 1.</param>
/// <param name="Effort">efSearch, nprobe, candidates: the engine's own unit.</param>
/// <param name="Recall">recall@10, in [0, 1].</param>
/// <param name="QueriesPerSecond">One query at a time on one thread.</param>
/// <param name="Bytes">Of the whole index, in memory; what is mapped from a file is not in it.</param>
internal sealed record SweepPoint(string Engine, string Set, int Round, int Effort, double Recall, double QueriesPerSecond, double? BuildSeconds, long? Bytes);

/// <summary>One kind of index at one size, at the effort that reaches the target recall.</summary>
/// <param name="Bytes">As in <see cref="SweepPoint"/>.</param>
/// <param name="MappedBytes">In files that are mapped.</param>
internal sealed record GrowthPoint(
    string Engine, int Count, int Dimension, int Effort, double Recall, double BuildSeconds, long Bytes, long MappedBytes, double P50Microseconds, double P99Microseconds, double Distances);

/// <summary>An engine that did not run, or not to its end.</summary>
internal sealed record SweepAbsence(string Engine, string Set, string Reason);
