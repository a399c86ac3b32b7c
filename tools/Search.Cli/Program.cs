using Search.Cli.Commands;

return await SearchCommand.Create().Parse(args).InvokeAsync();
