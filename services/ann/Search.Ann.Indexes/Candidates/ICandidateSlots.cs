using Search.Ann.Indexes.Filters;
using Search.Ann.Indexes.Storage;

namespace Search.Ann.Indexes.Candidates;

/// <summary>Ids and vectors by slot, wherever they lie. A struct as a type argument, so that a search is compiled with the access inlined.</summary>
internal interface ICandidateSlots : ISlotIds, IVectorRows
{
    /// <summary>Slots that hold a vector.</summary>
    int OccupiedCount { get; }

    int IdCount { get; }

    /// <summary>Rows to ask for ahead of the one being scored.</summary>
    int LookAhead { get; }
}
