using Search.Hosting;
using Search.TrainingJobs;

var builder = ServiceHost.CreateBuilder("trainer", args);
builder.AddTrainingJobs();

var app = ServiceHost.Build(builder);
app.MapTrainingJobs();
return await ServiceHost.RunAsync(app);
