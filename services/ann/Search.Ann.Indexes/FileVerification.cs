namespace Search.Ann.Indexes;

/// <summary>
/// When an index file that is opened rather than read has its large sections checked. Head, table and small sections are checked in any case before it is opened, and damage is an
/// <see cref="InvalidDataException"/> that names the section.
/// </summary>
public enum FileVerification
{
    /// <summary>Before it answers: opening reads the whole file once, about as fast as the disk gives it.</summary>
    AtOpen = 0,

    /// <summary>
    /// Beside the first searches: opening takes milliseconds, however large the file is. Until the check is done a search may answer from damaged vectors, though it is never led out of the
    /// file; once damage is found, every search says so.
    /// </summary>
    Background = 1,
}
