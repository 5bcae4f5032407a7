namespace Wye.Simulator.Answers.Tools;

/// <summary>A tool call with its id; arguments in UTF-8.</summary>
internal sealed record ReplyToolCall(string Id, string Name, byte[] Arguments);
