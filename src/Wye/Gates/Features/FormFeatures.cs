using Wye.Chat;
using Wye.Gates.Checks;
using Wye.Gates.Texts;

namespace Wye.Gates.Features;

/// <summary>Length and outer form of an answer.</summary>
internal static class FormFeatures
{
    public static void Write(AnswerView view, ref FeatureSink sink)
    {
        var answer = view.Answer;
        var question = view.Question;
        var trimmed = answer.TrimEnd();
        sink.AddLog("answer_length", answer.Length);
        sink.AddLog("answer_lines", answer.Count('\n'));
        sink.AddLog("question_length", question.Length);
        sink.Add("length_ratio", Math.Log((1d + answer.Length) / (1 + question.Length)));
        sink.Add("ends_in_blank", answer.Length - trimmed.Length >= 2);
        sink.Add("finished", view.Subject.Reply.Finish is FinishReason.Stop or FinishReason.ToolCalls);
        sink.Add("cut", view.Subject.Reply.Finish == FinishReason.Length);
        sink.Add("fenced", answer.Contains("```", StringComparison.Ordinal));
        sink.Add("json", trimmed.Length > 0 && trimmed[0] is '{' or '[' && JsonGate.Parses(JsonText.Of(view.Utf8)));
        sink.Add("declines", RefusalPhrases.Declines(answer));
        sink.AddLog("hedges", RefusalPhrases.Hedges(answer));
        var marker = FinalAnswer.Find(answer);
        sink.Add("marked", !marker.IsEmpty);
        sink.Add("marked_number", !marker.IsEmpty && marker.ContainsAnyInRange('0', '9'));
        sink.Add("marked_wordy", marker.Length > 12);
        sink.Add("choice_letter", Choices.LetterOf(marker.IsEmpty ? FinalAnswer.LastLine(answer) : marker) != '\0');
    }
}
