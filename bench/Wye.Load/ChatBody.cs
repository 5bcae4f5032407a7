using System.Text;

namespace Wye.Load;

/// <summary>Request bodies of a given size: a conversation in short turns, or one long message.</summary>
internal static class ChatBody
{
    private const string Ask =
        "Why does the nightly import of the orders table take longer every week?\\nThe log says \\\"lock wait\\\".";
    private const string Answer =
        "The index on created_at is missing, so each run scans the whole table; it grows by 40 MB a day.";

    /// <summary>The body, within 200 bytes of <paramref name="bytes"/>.</summary>
    public static string Render(string model, int bytes, bool turns, bool stream)
    {
        var body = new StringBuilder(bytes + 256);
        body.Append("{\"model\":\"").Append(model).Append("\",\"max_tokens\":200,\"temperature\":0.3,");
        body.Append(stream ? "\"stream\":true,\"stream_options\":{\"include_usage\":true}," : "");
        body.Append(
            "\"messages\":[{\"role\":\"system\",\"content\":\"You help the people who run a shop's databases.\"}"
        );
        if (turns)
        {
            for (var turn = 0; body.Length < bytes - 250; turn++)
            {
                Message(body, "user", $"({turn}) {Ask}");
                Message(body, "assistant", Answer);
            }

            Message(body, "user", "And what shall I do first?");
        }
        else
        {
            var text = new StringBuilder();
            while (body.Length + text.Length < bytes - 100)
            {
                text.Append(Ask).Append(' ').Append(Answer).Append("\\n");
            }

            Message(body, "user", text.ToString());
        }

        return body.Append("]}").ToString();
    }

    private static void Message(StringBuilder body, string role, string text) =>
        body.Append(",{\"role\":\"").Append(role).Append("\",\"content\":\"").Append(text).Append("\"}");
}
