namespace Search.Imaging;

/// <summary>A rectangle in a picture's pixel coordinates: (0, 0) is the first pixel's top left corner.</summary>
internal readonly record struct SourceBox(double X, double Y, double Width, double Height);
