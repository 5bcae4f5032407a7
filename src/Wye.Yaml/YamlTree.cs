using System.Globalization;
using Wye.Hosting.Configuration.Problems;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace Wye.Yaml;

/// <summary>Text → nodes with places. Depth, size, anchors, tags and repeated keys are bounded or refused here.</summary>
internal sealed class YamlTree
{
    private readonly ProblemSink _problems;
    private readonly Parser _parser;
    private int _nodes;

    private YamlTree(string text, ProblemSink problems)
    {
        _problems = problems;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>The one document of the file; null when it is not readable, which is then among the problems.</summary>
    public static MapNode? Parse(string text, ProblemSink problems)
    {
        try
        {
            return new YamlTree(text, problems).Document();
        }
        catch (Refused refused)
        {
            problems.Error((int)refused.At.Line, (int)refused.At.Column, "", refused.Message, refused.Fix);
        }
        catch (YamlException fault)
        {
            problems.Error(
                TabLine(text, fault) ?? (int)fault.Start.Line,
                TabLine(text, fault) is null ? (int)fault.Start.Column : 1,
                "",
                $"The file is not valid YAML: {Sentence(fault.Message)}",
                "Check indentation, quotes and brackets here and on the line before."
            );
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // The parser answers some malformed input with exceptions of other kinds.
            problems.Error(1, 1, "", "The file is not valid YAML.", "Check indentation, quotes and brackets.");
        }

        return null;
    }

    private MapNode? Document()
    {
        _parser.Consume<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            return new MapNode("", new Mark(0, 1, 1));
        }

        _parser.Consume<DocumentStart>();
        var root = Node("", 1);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
        {
            throw new Refused(second.Start, "The file holds more than one document.", "Remove '---' and what follows.");
        }

        switch (root)
        {
            case MapNode map:
                return map;
            case TextNode { IsUnset: true }:
                return new MapNode("", new Mark(0, 1, 1));
            default:
                _problems.Error(
                    root,
                    "The file is not a map of settings.",
                    "Start with a noun, e.g. 'providers:' and its settings below."
                );
                return null;
        }
    }

    private YamlNode Node(string path, int depth)
    {
        var start = _parser.Current!.Start;
        if (++_nodes > YamlBounds.MaxNodes)
        {
            throw new Refused(start, "The file has too many values.", Bound("values", YamlBounds.MaxNodes));
        }

        if (_parser.Accept<AnchorAlias>(out _))
        {
            throw new Refused(start, "The file uses an alias (*name).", "Write the value out; aliases are not read.");
        }

        if (_parser.Current is NodeEvent { Anchor.IsEmpty: false })
        {
            throw new Refused(start, "The file uses an anchor (&name).", "Remove it; anchors are not read.");
        }

        if (_parser.Current is NodeEvent { Tag.IsEmpty: false })
        {
            throw new Refused(start, "The file uses a type tag (!name).", "Remove it; types are known.");
        }

        if (_parser.TryConsume<Scalar>(out var scalar))
        {
            return new TextNode(path, start, scalar.Value, scalar.Style == ScalarStyle.Plain);
        }

        if (depth > YamlBounds.MaxDepth)
        {
            throw new Refused(start, "The file is nested too deeply.", Bound("levels", YamlBounds.MaxDepth));
        }

        return _parser.TryConsume<SequenceStart>(out _) ? List(path, start, depth) : Map(path, start, depth);
    }

    private ListNode List(string path, Mark start, int depth)
    {
        var list = new ListNode(path, start);
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            list.Items.Add(Node(string.Create(CultureInfo.InvariantCulture, $"{path}[{list.Items.Count}]"), depth + 1));
        }

        return list;
    }

    private MapNode Map(string path, Mark start, int depth)
    {
        _parser.Consume<MappingStart>();
        var map = new MapNode(path, start);
        var lines = new Dictionary<string, long>(StringComparer.Ordinal);
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var at = _parser.Current!.Start;
            if (Node(path, depth + 1) is not TextNode key)
            {
                throw new Refused(at, "A key is a list or a map.", "Use a text as key.");
            }

            var isSecret = Quotation.LooksSecret(key.Raw);
            var child = Node(isSecret ? path : MapNode.ChildPath(path, key.Raw), depth + 1);
            if (isSecret)
            {
                // Not to be repeated as part of a path.
                _problems.Error(
                    (int)at.Line,
                    (int)at.Column,
                    path,
                    "A credential stands where a name is expected.",
                    "Write key: ${NAME} under a provider."
                );
                continue;
            }

            if (!lines.TryAdd(key.Raw, at.Line))
            {
                _problems.Error(
                    (int)at.Line,
                    (int)at.Column,
                    child.Path,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The key {Quotation.Of(key.Raw)} stands twice, first on line {lines[key.Raw]}."
                    ),
                    "Keep one of them."
                );
                continue;
            }

            if (child is not TextNode)
            {
                child.MoveTo(at);
            }

            map.Entries.Add(new MapEntry(key.Raw, child, at));
        }

        return map;
    }

    /// <summary>The parser blames a tab on the map around it; this finds the line.</summary>
    private static int? TabLine(string text, YamlException fault)
    {
        if (!fault.Message.Contains("tab", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var number = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            number++;
            if (number >= fault.Start.Line && line.TrimStart(' ').StartsWith("\t"))
            {
                return number;
            }
        }

        return null;
    }

    private static string Bound(string what, int max) =>
        string.Create(CultureInfo.InvariantCulture, $"Use at most {max} {what}.");

    private static string Sentence(string message)
    {
        var text = message.Trim().TrimEnd('.');
        return text.Length == 0
            ? "unexpected content."
            : $"{char.ToLowerInvariant(text[0])}{text[1..Math.Min(text.Length, 160)]}.";
    }

    private sealed class Refused(Mark at, string what, string fix) : Exception(what)
    {
        public Mark At => at;

        public string Fix => fix;
    }
}
