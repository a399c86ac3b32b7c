using Search.Gateway;
using Search.Hosting;

var builder = ServiceHost.CreateBuilder("gateway", args);
builder.AddGateway();

var app = ServiceHost.Build(builder);
app.MapGateway();
await app.RunAsync();
