namespace Search.Ann.Indexes.Filters;

/// <summary>
/// What share of an index's slots passes, from a sample of them that depends on the number of slots alone: the same search always gets the same plan. It ends as soon as it
/// has seen enough that pass, so a filter that most pass costs a few dozen questions.
/// </summary>
internal static class FilterSample
{
    /// <summary>With so many that pass the share is known within a third or so.</summary>
    public const int Enough = 32;

    /// <summary>Slots asked about where hardly any passes.</summary>
    public const int Largest = 1_024;

    private const double Noise = 2;

    // 2^32 divided by the golden ratio: its multiples spread evenly, wherever they end.
    private const uint Golden = 0x9E37_79B9;

    /// <param name="passing">Gets the slots of the sample that pass; <see cref="Enough"/> long.</param>
    /// <returns>At most what the filter itself knows. 0 where nothing can pass.</returns>
    public static double Share<TIds>(SlotFilter<TIds> filter, Span<int> passing, out int found)
        where TIds : struct, ISlotIds
    {
        found = 0;
        var slots = filter.Ids.SlotCount;
        if (slots == 0 || filter.Filter.MostPassing == 0) return 0;
        var asked = 0;
        while (asked < Largest && found < Enough)
        {
            var slot = (int)((ulong)((uint)asked * Golden) * (uint)slots >> 32);
            asked++;
            if (filter.Passes(slot)) passing[found++] = slot;
        }
        // None among a thousand may still be one in two thousand.
        var estimate = Math.Max(found, 0.5) / asked;
        // The filter knows its number better, unless most of its ids are of another index.
        var most = filter.Filter.MostPassing / (double)slots;
        return estimate * Noise > most ? Math.Min(most, 1) : estimate;
    }
}
