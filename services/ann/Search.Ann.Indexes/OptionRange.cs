namespace Search.Ann.Indexes;

/// <summary>Checks the value of an option where it is set.</summary>
internal static class OptionRange
{
    /// <exception cref="ArgumentOutOfRangeException">Outside; it says of what.</exception>
    public static int Require(int value, int least, int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(value, least);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(value, most);
        return value;
    }
}
