namespace Search.Ann.Indexes.Tuning;

/// <summary>An effort that searches read while it may be set.</summary>
internal struct EffortSetting(int effort)
{
    private int _effort = effort;

    public int Value
    {
        readonly get => Volatile.Read(in _effort);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref _effort, value);
        }
    }
}
