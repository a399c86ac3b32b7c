using Microsoft.Extensions.Options;
using Search.Contracts;
using Search.Hosting.Files;

namespace Search.TrainingJobs.Requests;

/// <summary>The one folder that jobs may name photos and catalogues in.</summary>
internal sealed class TrainingRoot(IOptions<TrainingOptions> options)
{
    private const string CatalogueFile = "catalogue.ndjson";

    private readonly ConfinedFolder? _root = string.IsNullOrEmpty(options.Value.Root) ? null : new ConfinedFolder(options.Value.Root);

    /// <exception cref="ServiceProblemException">400: there is no root.</exception>
    public void Require()
    {
        if (_root is null)
            throw Problem("No training data", "Photos can't be named here: no folder for training data is configured (Training:Root).");
    }

    /// <exception cref="ServiceProblemException">400: the path leads out of the root, or to no folder.</exception>
    public string Photos(string path) => Folder(path);

    /// <exception cref="ServiceProblemException">400: the path leads out of the root, or to no catalogue.</exception>
    public string Catalogue(string path)
    {
        var folder = Folder(path);
        return File.Exists(Path.Combine(folder, CatalogueFile)) ? folder : throw Problem("No catalogue", $"'{ShownText.Of(path)}' has no {CatalogueFile}.");
    }

    /// <exception cref="ServiceProblemException">503: there are none.</exception>
    public string Weights() => options.Value.WeightsPath switch
    {
        null => throw NoWeights("No weights to start from are configured (Training:Weights)."),
        var path => File.Exists(path) ? path : throw NoWeights("The weights that Training:Weights names are not there."),
    };

    private string Folder(string path)
    {
        Require();
        if (!_root!.TryResolve(path, out var real))
            throw Problem("Path not allowed", $"'{ShownText.Of(path)}' is not a relative path to a folder under the training root; use / between folders and no '..'.");
        return Directory.Exists(real) ? real : throw Problem("No such folder", $"There is no folder '{ShownText.Of(path)}' under the training root.");
    }

    private static ServiceProblemException Problem(string title, string detail) => new(ServiceProblem.InvalidRequest(title, detail));

    private static ServiceProblemException NoWeights(string detail) =>
        new(new ServiceProblem(StatusCodes.Status503ServiceUnavailable, "weights-missing", "No weights to start from", detail));
}
