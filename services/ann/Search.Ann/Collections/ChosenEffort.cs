using Search.Ann.Indexes.Tuning;

namespace Search.Ann.Collections;

/// <summary>The effort that was chosen for an index.</summary>
/// <param name="Count">Vectors that it had then.</param>
public sealed record ChosenEffort(int Count, TunedEffort Effort)
{
    /// <summary>Whether what was chosen for so many still says something about an index that has <paramref name="now"/>: between half and twice as many.</summary>
    public static bool Suits(int then, int now) => now < 2L * then && 2L * now > then;
}
