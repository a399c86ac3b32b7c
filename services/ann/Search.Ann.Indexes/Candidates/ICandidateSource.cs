using Search.Vectors.Files;

namespace Search.Ann.Indexes.Candidates;

/// <summary>
/// The part of an index that says which vectors are worth an exact look; <see cref="CandidateIndex{TMetric}"/> is the rest. It holds slots and
/// reads the vectors of the <see cref="SlotTable"/>.
/// </summary>
/// <remarks>
/// The discipline is that of <see cref="Storage.IndexGate"/>. <see cref="PlanAdd"/> and <see cref="PlanRemove"/> are the writer's: they may take
/// long, and searches run beside them and see nothing of it. <see cref="Commit"/> makes the one plan visible while searches are kept out.
/// </remarks>
internal interface ICandidateSource : ICandidateProposer<TableSlots>
{
    /// <summary>Candidates that a search looks at when it names no effort of its own.</summary>
    int DefaultEffort { get; }

    /// <summary>The options in force, by name.</summary>
    IReadOnlyDictionary<string, string> Options { get; }

    /// <summary>Bytes in memory.</summary>
    long Bytes { get; }

    /// <summary>How its leaves or buckets are filled.</summary>
    Histogram Occupancy();

    /// <summary>Plans to propose the slot. Its vector is in place.</summary>
    void PlanAdd(int slot);

    /// <summary>How many of so many additions that wait it takes best at once.</summary>
    int BatchOf(int waiting);

    /// <summary>Plans to propose all these slots. Their vectors are in place. The outcome does not depend on the number of threads.</summary>
    void PlanAddAll(ReadOnlySpan<int> slots, int threads);

    /// <summary>Plans to forget the slot. Its vector is still in place.</summary>
    void PlanRemove(int slot);

    /// <summary>Plans to know each slot by another number, and to give back what forgotten ones have left behind. False where the numbers have to stay.</summary>
    /// <param name="slots">−1 for free ones.</param>
    bool TryPlanRename(int[] slots);

    void Commit();

    /// <summary>Options first, then the structure, in sections of their own.</summary>
    void Save(ChecksumWriter writer);
}
