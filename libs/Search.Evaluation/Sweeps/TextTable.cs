using System.Text;

namespace Search.Evaluation.Sweeps;

/// <summary>Columns of text for a console: the first to the left, the others to the right, each as wide as its widest cell.</summary>
internal sealed class TextTable(params string[] heads)
{
    private readonly List<string[]> _rows = [heads];

    /// <exception cref="ArgumentException">Another number of cells than there are columns.</exception>
    public void Add(params string[] cells)
    {
        if (cells.Length != heads.Length) throw new ArgumentException($"There are {heads.Length} columns and {cells.Length} cells.", nameof(cells));
        _rows.Add(cells);
    }

    public override string ToString()
    {
        int[] widths = [.. heads.Select((_, column) => _rows.Max(row => row[column].Length))];
        var text = new StringBuilder();
        foreach (var row in _rows)
        {
            for (var column = 0; column < row.Length; column++)
                text.Append(column == 0 ? row[column].PadRight(widths[column]) : "  " + row[column].PadLeft(widths[column]));
            text.Append('\n');
        }
        return text.ToString();
    }
}
