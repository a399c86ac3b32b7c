using System.CommandLine;
using Search.Cli.Commands;

namespace Search.Cli.Tests;

public sealed class HelpTests
{
    public static TheoryData<string> Commands => new(SearchCommand.Create().Subcommands.Select(command => command.Name));

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Help_OfEveryCommand_HasAnExampleAndAllOptions(string name)
    {
        var output = new StringWriter();

        var status = await SearchCommand.Create().Parse([name, "--help"]).InvokeAsync(new InvocationConfiguration { Output = output }, TestContext.Current.CancellationToken);

        Assert.Equal(0, status);
        Assert.Contains($"search {name}", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Example", output.ToString(), StringComparison.Ordinal);
        var command = SearchCommand.Create().Subcommands.Single(c => c.Name == name);
        Assert.All(command.Options, option => Assert.False(string.IsNullOrWhiteSpace(option.Description), $"{name} {option.Name}"));
    }

    [Theory]
    [InlineData("duplicates", "--not", "a")]
    [InlineData("duplicates", "--not", "a", "b", "--verdicts")]
    [InlineData("duplicates", "--threshold", "high")]
    [InlineData("clusters", "--k", "few")]
    [InlineData("review")]
    [InlineData("nonsense")]
    public void Parse_AWrongCommandLine_IsRefused(params string[] arguments) => Assert.NotEmpty(SearchCommand.Create().Parse(arguments).Errors);

    [Theory]
    [InlineData("duplicates")]
    [InlineData("duplicates", "--not", "a", "b")]
    [InlineData("duplicates", "--forget", "a", "b", "--url", "http://127.0.0.1:1")]
    [InlineData("clusters", "--k", "4", "--json", "--members")]
    [InlineData("outliers", "--category", "rings", "--html", "out.html")]
    public void Parse_ACommandLineOfTheHelp_IsTaken(params string[] arguments) => Assert.Empty(SearchCommand.Create().Parse(arguments).Errors);
}
