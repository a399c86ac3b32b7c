using Search.Contracts;

namespace Search.Indexing.Import;

/// <summary>What became of an import's lines.</summary>
internal sealed class ImportReport
{
    internal const int MaxErrors = 1000;

    public int Accepted { get; set; }

    public int Unchanged { get; set; }

    public int Rejected { get; private set; }

    /// <summary>The first of the refusals, in order of lines.</summary>
    public List<ImportError> Errors { get; } = [];

    public string StatusUrl { get; } = "/v1/status";

    internal bool NothingTaken => Rejected > 0 && Accepted + Unchanged == 0;

    internal void Reject(int line, string? id, ServiceProblem problem)
    {
        Rejected++;
        if (Errors.Count < MaxErrors)
            Errors.Add(new ImportError(line, id, problem.Status, problem.Title, problem.Detail));
    }
}

/// <param name="Id">Null when the line didn't get so far as to have one.</param>
internal sealed record ImportError(int Line, string? Id, int Status, string Title, string Detail);
