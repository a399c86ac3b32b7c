using System.CommandLine;
using Search.JewelryRenderer.Commands;

var root = new RootCommand(
    """
    Draws jewelry that may ship: product pictures with known attributes, for demos and tests.

    Examples:
      dotnet run -c Release --project tools/Search.JewelryRenderer -- catalogue --out demo
      dotnet run -c Release --project tools/Search.JewelryRenderer -- sheet --out rings.png --category rings --views 0123 --take 6
      dotnet run -c Release --project tools/Search.JewelryRenderer -- sheet --out demo/sheet.jpg --from demo --take 6
    """)
{
    CatalogueCommand.Create(TimeProvider.System),
    SheetCommand.Create(TimeProvider.System),
};

try
{
    return root.Parse(args).Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception e) when (Reason(e) is { } reason)
{
    // A folder that cannot be written or a picture that is not there is the caller's affair: a sentence, no stack trace.
    await Console.Error.WriteLineAsync(reason);
    return 1;
}

static string? Reason(Exception e) => e switch
{
    IOException or UnauthorizedAccessException => e.Message,
    AggregateException { InnerException: { } inner } => Reason(inner),
    _ => null,
};
