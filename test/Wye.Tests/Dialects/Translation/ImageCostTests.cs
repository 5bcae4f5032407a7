using System.Text;
using Wye.Chat;
using Wye.Testing;

namespace Wye.Dialects.Translation;

public class ImageCostTests
{
    private static readonly string Picture = Convert.ToBase64String([
        .. Enumerable.Range(0, 1_000_000).Select(i => (byte)(i * 31 % 251)),
    ]);

    [Theory]
    [InlineData("openai", "anthropic")]
    [InlineData("openai", "gemini")]
    [InlineData("responses", "openai")]
    [InlineData("responses", "anthropic")]
    [InlineData("anthropic", "openai")]
    [InlineData("anthropic", "gemini")]
    public void ImageAndFile_AreCopiedIntoTheNewBody_AndNothingIsAllocatedByTheirLength(string from, string to)
    {
        var body = Encoding.UTF8.GetBytes(Body(from));
        Allocations.Least(() => Translate(body, from, to)).ShouldBeLessThan(Picture.Length / 20);
    }

    [Theory]
    [InlineData("openai", "anthropic")]
    [InlineData("responses", "openai")]
    [InlineData("anthropic", "gemini")]
    public void Escapes_CostOneCopyMore(string from, string to)
    {
        // As PHP writes it.
        var body = Encoding.UTF8.GetBytes(Body(from).Replace("/", "\\/", StringComparison.Ordinal));
        Allocations.Least(() => Translate(body, from, to)).ShouldBeLessThan(body.Length + Picture.Length / 20);
    }

    private static string Body(string from) =>
        from switch
        {
            "openai" =>
                $$$"""{"model":"m","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Picture}}}"}},{"type":"file","file":{"file_data":"data:application/pdf;base64,{{{Picture}}}"}}]}]}""",
            "responses" =>
                $$$"""{"model":"m","input":[{"role":"user","content":[{"type":"input_image","image_url":"data:image/png;base64,{{{Picture}}}"},{"type":"input_file","file_data":"data:application/pdf;base64,{{{Picture}}}"}]}]}""",
            _ =>
                $$$"""{"model":"m","max_tokens":9,"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{Picture}}}"}},{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"{{{Picture}}}"}}]}]}""",
        };

    private static void Translate(byte[] body, string from, string to)
    {
        var provider = Faces.Provider(to);
        Faces
            .Caller(from)
            .TryReadRequest(body, CallerHints.None, out var request, out var error)
            .ShouldBeTrue(error?.Message);
        using (request)
        {
            provider.CanWriteRequest(request!, out error).ShouldBeTrue(error?.Message);
            using var output = new PooledBuffer(body.Length + 128);
            provider.WriteRequest(A.CallOf(request!) with { Target = Both.Thinker }, "up", output);
            output.Length.ShouldBeGreaterThan(2 * Picture.Length);
        }
    }
}
