using Search.Ann;
using Search.Embedding;
using Search.Gateway;
using Search.Gateway.Access;
using Search.Hosting;
using Search.Indexing;
using Search.Rerank;
using Search.TrainingJobs;

if (NewKeyCommand.TryRun(args, Console.Out))
    return 0;

// Every service in one process on embedded parts: in-memory bus, files, SQLite, in-process index.
var builder = ServiceHost.CreateBuilder("standalone", args);
builder.AddIndexing();
builder.AddEmbedding();
builder.AddAnn();
builder.AddRerank();
builder.AddTrainingJobs();
builder.AddGateway();

var app = ServiceHost.Build(builder);
app.MapGateway();
app.MapIndexing();
app.MapEmbedding();
app.MapAnn();
app.MapRerank();
app.MapTrainingJobs();
return await ServiceHost.RunAsync(app);
