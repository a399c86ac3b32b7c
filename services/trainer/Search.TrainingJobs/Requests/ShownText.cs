namespace Search.TrainingJobs.Requests;

/// <summary>A caller's own words, said back to him.</summary>
internal static class ShownText
{
    private const int Longest = 200;

    public static string Of(string text)
    {
        var clean = string.Concat(text.Select(c => char.IsControl(c) ? '?' : c));
        return clean.Length <= Longest ? clean : clean[..Longest] + "…";
    }
}
