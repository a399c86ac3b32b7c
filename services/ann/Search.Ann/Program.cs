using Search.Ann;
using Search.Hosting;

var builder = ServiceHost.CreateBuilder("ann", args);
builder.AddAnn();

var app = ServiceHost.Build(builder);
app.MapAnn();
return await ServiceHost.RunAsync(app);
