using Microsoft.Extensions.FileProviders;

namespace Search.Gateway.Browser;

/// <summary>
/// The page: plain files in <c>wwwroot</c> beside the binaries, also when another project composes the gateway. Files carry an entity tag and are asked
/// for again each time; their names do not change with their content.
/// </summary>
internal static class Page
{
    internal static void UsePage(this WebApplication app)
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!Directory.Exists(folder))
            return;
        var files = new PhysicalFileProvider(folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            OnPrepareResponse = file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
