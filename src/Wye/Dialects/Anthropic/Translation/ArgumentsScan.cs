namespace Wye.Dialects.Anthropic.Translation;

/// <summary>Tells when the arguments of a tool call, which come in pieces, are a whole JSON object.</summary>
internal struct ArgumentsScan
{
    private int _depth;
    private bool _inText;
    private bool _isEscaped;

    /// <summary>Whether the object is closed. What is no object never is.</summary>
    public bool IsWhole { get; private set; }

    /// <summary>Reads the next piece.</summary>
    public void Read(ReadOnlySpan<char> piece)
    {
        foreach (var c in piece)
        {
            if (_inText)
            {
                _inText = _isEscaped || c != '"';
                _isEscaped = !_isEscaped && c == '\\';
            }
            else if (c == '"')
            {
                _inText = true;
            }
            else if (c is '{' or '[')
            {
                _depth++;
            }
            else if (c is '}' or ']')
            {
                IsWhole = --_depth == 0;
            }
        }
    }
}
