using System.CommandLine;

namespace Search.Cli.Commands;

/// <summary>The program: a command is a line here.</summary>
internal static class SearchCommand
{
    internal static RootCommand Create() => new("""
        Command line of the image similarity search suite. It talks to a running service over its HTTP API.

        Example: search import photos/ && search query ring.jpg
        """)
    {
        ImportCommand.Create(),
        QueryCommand.Create(),
        DuplicatesCommand.Create(),
        ClustersCommand.Create(),
        OutliersCommand.Create(),
        ReviewCommand.Create(),
        JobsCommand.Create(),
        JobCommand.Create(),
        ModelCommands.List(),
        ModelCommands.Candidate(),
        ModelCommands.Compare(),
        ModelCommands.Gate(),
        ModelCommands.Verdict(),
        ModelCommands.Promote(),
        ModelCommands.RollBack(),
        ModelCommands.Release(),
        StatusCommand.Create(),
        WaitCommand.Create(),
    };
}
