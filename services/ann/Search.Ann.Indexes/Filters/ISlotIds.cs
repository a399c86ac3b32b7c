namespace Search.Ann.Indexes.Filters;

/// <summary>The ids of an index's slots. A struct as a type argument, so that asking costs no virtual call.</summary>
internal interface ISlotIds
{
    /// <summary>Slots are below this; some may be empty.</summary>
    int SlotCount { get; }

    /// <summary>The ids that share a slot, ascending; none in an empty one.</summary>
    ReadOnlySpan<long> Of(int slot);

    /// <summary>-1 for an unknown id.</summary>
    int SlotOf(long id);
}
