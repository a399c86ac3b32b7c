namespace Search.Models;

/// <summary>A model or its card can't be used; the message says why and what to do.</summary>
public sealed class InvalidModelException : Exception
{
    public InvalidModelException(string message) : base(message)
    {
    }

    public InvalidModelException(string message, Exception inner) : base(message, inner)
    {
    }
}
