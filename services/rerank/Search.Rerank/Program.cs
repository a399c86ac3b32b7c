using Search.Hosting;
using Search.Rerank;

var builder = ServiceHost.CreateBuilder("rerank", args);
builder.AddRerank();

var app = ServiceHost.Build(builder);
app.MapRerank();
return await ServiceHost.RunAsync(app);
