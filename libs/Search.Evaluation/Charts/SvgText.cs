using System.Globalization;
using System.Security;
using System.Text;

namespace Search.Evaluation.Charts;

/// <summary>SVG as it is written: numbers to a tenth of a pixel unless they bring a format, text escaped.</summary>
internal sealed class SvgText : IFormatProvider, ICustomFormatter
{
    private readonly StringBuilder _text = new();

    public SvgText Add(FormattableString markup)
    {
        _text.Append(markup.ToString(this)).Append('\n');
        return this;
    }

    public override string ToString() => _text.ToString();

    object? IFormatProvider.GetFormat(Type? formatType) => formatType == typeof(ICustomFormatter) ? this : null;

    string ICustomFormatter.Format(string? format, object? arg, IFormatProvider? formatProvider) => arg switch
    {
        string words => SecurityElement.Escape(words),
        IFormattable number => number.ToString(format ?? (arg is double ? "0.#" : null), CultureInfo.InvariantCulture),
        _ => arg?.ToString() ?? "",
    };
}
