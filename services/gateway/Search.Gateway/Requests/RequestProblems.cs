using Search.Contracts;

namespace Search.Gateway.Requests;

/// <summary>How the edge says what is wrong with a request; always a 4xx that names the field.</summary>
internal static class RequestProblems
{
    internal static ServiceProblemException Invalid(string title, string detail) => new(ServiceProblem.InvalidRequest(title, detail));

    internal static ServiceProblemException Parameter(string name, string detail) =>
        Invalid("Parameter can't be used", $"'{name}' {detail}");

    internal static ServiceProblemException NotMultipart() => new(new ServiceProblem(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type", "Body is not a form",
        "Send multipart/form-data with a boundary; the picture goes into the field 'image'."));

    internal static ServiceProblemException TooSlow(TimeSpan limit) => new(new ServiceProblem(
        StatusCodes.Status408RequestTimeout, "request-timeout", "Request too slow", $"The request did not come in whole within {limit.TotalSeconds:0.#} s."));

    internal static ServiceProblemException TooLarge(long limit) => new(ServiceProblem.TooLarge(
        "Request too large", $"A search may have {limit} bytes in all, its picture included."));

    /// <summary>A caller's text in an answer or a log line: short, and without line breaks or control characters.</summary>
    internal static string Quote(string text)
    {
        var shown = text.Length > 60 ? string.Concat(text.AsSpan(0, 60), "…") : text;
        return $"'{string.Create(shown.Length, shown, static (span, from) =>
        {
            for (var i = 0; i < span.Length; i++)
                span[i] = char.IsControl(from[i]) || char.IsSurrogate(from[i]) ? '\uFFFD' : from[i];
        })}'";
    }
}
