namespace Search.Vectors.Rows;

/// <summary>Takes the sums that a <see cref="QueryPanel"/> finds. A struct as a type argument, so that the scan is compiled with it inside.</summary>
public interface ISumSink
{
    /// <summary>It may change the limits of the panel: the next rows are held to them.</summary>
    void Take(int row, int query);
}
