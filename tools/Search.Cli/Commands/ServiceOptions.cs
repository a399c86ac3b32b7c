using System.CommandLine;
using Search.Cli.Api;

namespace Search.Cli.Commands;

/// <summary>Which service a command talks to; the same two options everywhere.</summary>
internal sealed class ServiceOptions
{
    private readonly Option<Uri> _url = new("--url")
    {
        Description = "Address of the service.",
        DefaultValueFactory = _ => new Uri("http://127.0.0.1:8080"),
        CustomParser = argument =>
        {
            if (Uri.TryCreate(argument.Tokens[0].Value, UriKind.Absolute, out var url) && (url.Scheme is "http" or "https"))
                return url;
            argument.AddError($"'{argument.Tokens[0].Value}' is not an address; it starts with http:// or https://.");
            return null;
        },
    };

    private readonly Option<string?> _key = new("--api-key")
    {
        Description = "API key, where the service asks for one. Default: the environment variable SEARCH_API_KEY.",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SEARCH_API_KEY"),
    };

    internal void AddTo(Command command)
    {
        command.Options.Add(_url);
        command.Options.Add(_key);
    }

    internal SearchApi Connect(ParseResult parsed) => new(parsed.GetRequiredValue(_url), parsed.GetValue(_key));
}
