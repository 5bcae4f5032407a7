using System.Runtime.CompilerServices;

namespace Wye.Signals.Steps;

/// <summary>Reads windows of text word by word and keeps the best match of the rule table. Allocates nothing.</summary>
internal ref struct StepScan(StepLexicon lexicon)
{
    private const int MaxActive = 6;
    private Active _active;
    private int _activeCount;
    private StepPlace _place;
    private bool _clauseStart;
    private bool _laterClause;
    private int _clauseWords;

    /// <summary>The best match so far; null = none.</summary>
    public StepEntry? Best { get; private set; }

    /// <summary>Its worth.</summary>
    public int BestScore { get; private set; }

    /// <summary>Whether it stood in the system prompt.</summary>
    public bool BestInSystem { get; private set; }

    /// <summary>Reads one window.</summary>
    /// <param name="text">The window.</param>
    /// <param name="place">Where its first sentence stands.</param>
    /// <param name="endsTurn">Whether the last sentence of the window is the last one of the turn.</param>
    public void Read(ReadOnlySpan<byte> text, StepPlace place, bool endsTurn)
    {
        var table = StepBytes.Table;
        var lastStart = endsTurn && place != StepPlace.System ? LastSentence(text) : int.MaxValue;
        _place = place;
        StartClause(later: false);
        var hash = StepLexicon.EmptyHash;
        var inWord = false;
        var quoted = false;
        var sentenceWords = 0;
        for (var i = 0; i <= text.Length; i++)
        {
            var kind = i < text.Length ? table[text[i]] : StepBytes.Newline;
            while (kind >= StepBytes.FirstWordByte)
            {
                hash = StepLexicon.Extend(hash, kind);
                inWord = true;
                i++;
                kind = i < text.Length ? table[text[i]] : StepBytes.Newline;
            }

            if (kind == StepBytes.Apostrophe)
            {
                continue;
            }

            if (inWord)
            {
                // What stands in quotes is material, not the ask.
                if (!quoted)
                {
                    Word(hash, labelled: kind == StepBytes.Colon);
                    sentenceWords++;
                }

                hash = StepLexicon.EmptyHash;
                inWord = false;
            }

            switch (kind)
            {
                case StepBytes.Space:
                    break;
                case StepBytes.Quote:
                    quoted = !quoted;
                    break;
                case StepBytes.Backtick:
                    i = SkipFence(text, i);
                    break;
                case StepBytes.Comma:
                    StartClause(later: true);
                    break;
                case StepBytes.SentenceEnd
                    when i + 1 < text.Length && text[i + 1] > (byte)' ' && text[i + 1] != (byte)'"':
                    break;
                default:
                    if (quoted && kind != StepBytes.Newline)
                    {
                        break;
                    }

                    quoted = false;
                    EndSentence(ref sentenceWords, atColon: kind == StepBytes.Colon, last: i + 1 >= lastStart);
                    break;
            }
        }
    }

    private void EndSentence(ref int words, bool atColon, bool last)
    {
        _activeCount = 0;
        if (_place != StepPlace.System)
        {
            // A greeting does not use up the first sentence.
            if (words >= 2 || _place != StepPlace.First)
            {
                _place = last ? StepPlace.Last : StepPlace.Middle;
            }
        }

        words = 0;
        StartClause(later: atColon);
    }

    private void StartClause(bool later)
    {
        _clauseStart = true;
        _laterClause = later;
        _clauseWords = 0;
    }

    private void Word(uint hash, bool labelled)
    {
        var root = lexicon.Find(StepLexicon.Root, hash);
        var flags = root == 0 ? StepWordFlags.None : lexicon.FlagsOf(root);
        if ((flags & StepWordFlags.Stop) != StepWordFlags.None)
        {
            return;
        }

        // Most words go on with no phrase.
        if (_activeCount > 0)
        {
            Advance(hash, labelled);
        }

        if (root != 0)
        {
            Enter(root, _clauseStart, labelled);
        }

        _clauseWords++;
        if ((flags & StepWordFlags.Joiner) != StepWordFlags.None)
        {
            StartClause(later: true);
        }
        else if (
            (flags & StepWordFlags.Filler) == StepWordFlags.None
            && ((flags & StepWordFlags.LateFiller) == StepWordFlags.None || _clauseWords == 1)
        )
        {
            _clauseStart = false;
        }
    }

    private void Advance(uint hash, bool labelled)
    {
        var count = _activeCount;
        _activeCount = 0;
        Span<int> before = stackalloc int[MaxActive];
        ((ReadOnlySpan<int>)_active)[..count].CopyTo(before);
        for (var i = 0; i < count; i++)
        {
            // The sign bit says that the phrase began a clause.
            var node = before[i] & int.MaxValue;
            var atStart = before[i] < 0;
            Enter(lexicon.Find(node, hash), atStart, labelled);
            Enter(lexicon.Find(node, StepLexicon.WildHash), atStart, labelled);
        }
    }

    private void Enter(int node, bool atStart, bool labelled)
    {
        if (node == 0)
        {
            return;
        }

        if (_activeCount < MaxActive)
        {
            _active[_activeCount++] = atStart ? node | int.MinValue : node;
        }

        if (
            lexicon.EntryOf(node) is not { } entry
            || (
                entry.Sort == StepEntrySort.Lead
                && (!atStart || (labelled && (lexicon.FlagsOf(node) & StepWordFlags.Noun) != StepWordFlags.None))
            )
        )
        {
            return;
        }

        var score = StepScores.Of(entry, _place, entry.Sort == StepEntrySort.Lead && _laterClause);
        if (score > BestScore)
        {
            Best = entry;
            BestScore = score;
            BestInSystem = _place == StepPlace.System;
        }
    }

    private static int SkipFence(ReadOnlySpan<byte> text, int at)
    {
        var fence = "```"u8;
        if (!text[at..].StartsWith(fence))
        {
            return at;
        }

        var end = text[(at + fence.Length)..].IndexOf(fence);
        return end < 0 ? text.Length - 1 : at + fence.Length + end + fence.Length - 1;
    }

    private static int LastSentence(ReadOnlySpan<byte> text)
    {
        var trimmed = text.TrimEnd(" \t\r\n.!?\"`)"u8);
        var end = trimmed.LastIndexOfAny(".!?\n"u8);
        return end < 0 ? int.MaxValue : end + 1;
    }

    [InlineArray(MaxActive)]
    private struct Active
    {
        private int _node;
    }
}
