using System.Globalization;
using System.Net;
using System.Text;

namespace Search.Evaluation;

/// <summary>What all reports share: one HTML file that needs nothing else, without script.</summary>
internal static class ReportPage
{
    private const string Style = """
        body{font:15px/1.5 system-ui,sans-serif;color:#1b1b1f;background:#fff;max-width:1180px;margin:2rem auto;padding:0 1.25rem}
        h1{font-size:1.7rem;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2.6rem 0 .2rem;padding-top:1rem;border-top:2px solid #e4e4e9}h3{font-size:1rem;margin:1.4rem 0 .4rem}
        p{margin:.2rem 0 .8rem;color:#4a4a55;max-width:78ch}nav a{margin-right:1.2rem}a{color:#1d4ed8}
        table{border-collapse:collapse;margin:.5rem 0}th,td{padding:.3rem .7rem;text-align:right;border-bottom:1px solid #e4e4e9;font-variant-numeric:tabular-nums}
        th:first-child,td:first-child{text-align:left}th{font-weight:600;color:#4a4a55}td small{color:#6a6a75;white-space:nowrap}
        tr.gain td{background:#f5f6fa}.up{color:#05603a}.down{color:#a3141f}
        .row{display:flex;flex-wrap:wrap;gap:1rem 1.5rem;align-items:flex-start}
        .scroll{overflow-x:auto;max-width:100%}
        svg text{font:11px system-ui,sans-serif;fill:#4a4a55}svg text.t{font-weight:600;fill:#1b1b1f}svg .g{stroke:#e4e4e9}
        .key span{display:inline-flex;align-items:center;gap:.4rem;margin-right:1.1rem}.key i{width:.8rem;height:.8rem;border-radius:50%;display:inline-block}
        .heat td,.heat th{text-align:center;padding:.3rem .5rem;border:1px solid #fff}.heat th:first-child{text-align:right;font-weight:400}.heat th{font-weight:400;font-size:.85rem}
        .answer{display:flex;gap:.35rem;align-items:flex-start;padding:.3rem 0}.answer.wrap{flex-wrap:wrap}
        figure{margin:0;width:104px;font-size:.7rem;line-height:1.25;color:#4a4a55;overflow:hidden;overflow-wrap:anywhere}figure img{width:96px;height:96px;object-fit:contain;display:block;border:4px solid #cfcfd6;border-radius:4px;background:#fff}
        figure.query{margin-right:.9rem}figure.query img{border-color:#1b1b1f}figure.hit img{border-color:#12915a}figure.miss img{border-color:#d23b46}figure.wanted{margin-left:.9rem}figure.wanted img{border:4px dashed #12915a}
        """;

    /// <summary>Everything up to the heading.</summary>
    public static StringBuilder Begin(string title) => new StringBuilder()
        .Append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">")
        .Append($"<title>{Encode(title)}</title><style>{Style}</style></head><body>\n<h1>{Encode(title)}</h1>");

    public static string End(StringBuilder page) => page.Append("</body></html>\n").ToString();

    public static void Facts(StringBuilder page, IReadOnlyList<(string Name, string Value)> facts)
    {
        page.Append("<table>");
        foreach (var (name, value) in facts)
            page.Append($"<tr><td>{Encode(name)}</td><td style=\"text-align:left\">{Encode(value)}</td></tr>");
        page.Append("</table>");
    }

    public static string Encode(string text) => WebUtility.HtmlEncode(text);

    public static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <param name="page">To be written on.</param>
    /// <param name="picture">May have no bytes: then its caption stands alone.</param>
    /// <param name="kind">A class of the style: query, hit, miss, wanted, or nothing.</param>
    /// <param name="note">Below the caption.</param>
    public static void Figure(StringBuilder page, ReportPicture picture, string kind, string note)
    {
        page.Append($"<figure class=\"{kind}\">");
        if (picture.Jpeg.Length > 0)
            page.Append($"<img alt=\"\" src=\"data:image/jpeg;base64,{Convert.ToBase64String(picture.Jpeg)}\">");
        page.Append($"{Encode(picture.Caption).Replace("\n", "<br>", StringComparison.Ordinal)}<br>{Encode(note)}</figure>");
    }
}
