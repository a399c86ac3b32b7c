using System.Globalization;
using System.Security;
using System.Text;

namespace Search.Evaluation.Charts;

/// <summary>SVG as it is written: numbers to a tenth of a pixel, text escaped.</summary>
internal sealed class SvgText
{
    private readonly StringBuilder _text = new();

    public SvgText Add(FormattableString markup)
    {
        var arguments = markup.GetArguments();
        for (var i = 0; i < arguments.Length; i++)
        {
            arguments[i] = arguments[i] switch
            {
                double number => number.ToString("0.#", CultureInfo.InvariantCulture),
                string words => SecurityElement.Escape(words),
                var other => other,
            };
        }
        _text.Append(string.Format(CultureInfo.InvariantCulture, markup.Format, arguments)).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();
}
