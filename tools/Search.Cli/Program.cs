using System.CommandLine;
using Search.Cli.Commands;

var root = new RootCommand("Command line of the image similarity search suite. It talks to a running service over its HTTP API.")
{
    ImportCommand.Create(),
    QueryCommand.Create(),
    StatusCommand.Create(),
    WaitCommand.Create(),
};
return await root.Parse(args).InvokeAsync();
