using Search.Hosting;
using Search.Indexing;

var builder = ServiceHost.CreateBuilder("indexing", args);
builder.AddIndexing();
var app = ServiceHost.Build(builder);
app.MapIndexing();
return await ServiceHost.RunAsync(app);
