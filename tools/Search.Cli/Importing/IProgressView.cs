namespace Search.Cli.Importing;

/// <summary>Shows how far an import is.</summary>
internal interface IProgressView
{
    /// <param name="done">Items searchable, or failed for good.</param>
    void Report(int done, int total);
}
