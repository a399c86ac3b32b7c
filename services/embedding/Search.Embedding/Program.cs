using Search.Embedding;
using Search.Hosting;

var builder = ServiceHost.CreateBuilder("embedding", args);
builder.AddEmbedding();

var app = ServiceHost.Build(builder);
app.MapEmbedding();
return await ServiceHost.RunAsync(app);
