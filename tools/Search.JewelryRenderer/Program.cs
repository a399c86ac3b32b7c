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
return root.Parse(args).Invoke();
