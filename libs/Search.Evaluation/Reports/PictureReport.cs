namespace Search.Evaluation;

/// <summary>Rows of pictures, for people to look through.</summary>
/// <param name="Title">Heading.</param>
/// <param name="Facts">What was looked at, by name.</param>
/// <param name="Sections">One a question.</param>
public sealed record PictureReport(string Title, IReadOnlyList<(string Name, string Value)> Facts, IReadOnlyList<PictureSection> Sections);

/// <summary>One question and what was found.</summary>
/// <param name="Id">Short name for links.</param>
/// <param name="Title">The question.</param>
/// <param name="Explanation">How to read the rows.</param>
/// <param name="Rows">What was found; may be empty.</param>
public sealed record PictureSection(string Id, string Title, string Explanation, IReadOnlyList<PictureRow> Rows);

/// <summary>Pictures that belong together.</summary>
/// <param name="Heading">Above them.</param>
/// <param name="Figures">In order.</param>
public sealed record PictureRow(string Heading, IReadOnlyList<ReportFigure> Figures);

/// <summary>A picture in a row.</summary>
/// <param name="Picture">Without bytes its caption stands alone.</param>
/// <param name="Role">What it is to the row, shown by its frame.</param>
/// <param name="Note">Below the caption.</param>
public sealed record ReportFigure(ReportPicture Picture, FigureRole Role, string Note);

/// <summary>What a picture is to its row.</summary>
public enum FigureRole
{
    /// <summary>One of the row's, in a grey frame.</summary>
    Member = 0,

    /// <summary>What the row is about, in a black frame.</summary>
    Subject = 1,

    /// <summary>Evidence for how the subject is filed, in a green frame.</summary>
    Agrees = 2,

    /// <summary>Evidence against it, in a red frame.</summary>
    Disagrees = 3,
}
