using Search.Gateway;
using Search.Gateway.Access;
using Search.Hosting;

if (NewKeyCommand.TryRun(args, Console.Out))
    return 0;

var builder = ServiceHost.CreateBuilder("gateway", args);
builder.AddGateway();

var app = ServiceHost.Build(builder);
app.MapGateway();
app.MapGatewayProxy();
return await ServiceHost.RunAsync(app);
