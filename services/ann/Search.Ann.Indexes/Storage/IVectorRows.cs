using System.Runtime.CompilerServices;

namespace Search.Ann.Indexes.Storage;

/// <summary>Vectors by slot, wherever they lie. A struct as a type argument, so that a loop over them is compiled with the access inlined.</summary>
internal interface IVectorRows
{
    Span<float> Row(int slot);

    /// <summary>Asks for a row ahead of its use.</summary>
    void Prefetch(int slot);
}

/// <summary>Those of an index that is written to.</summary>
internal readonly struct LiveRows(VectorRows rows) : IVectorRows
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<float> Row(int slot) => rows.Row(slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int slot) => rows.Prefetch(slot);
}
