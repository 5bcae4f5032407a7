// The official openai package against a gateway whose upstream breaks every stream after its first content. Prints how many of
// WYE_CALLS streams it took for whole (silent), and how many of the others had given text before they failed (withText).
import OpenAI from "openai";

const calls = Number(process.env.WYE_CALLS ?? "3");
const client = new OpenAI({ baseURL: process.env.WYE_BASE_URL, apiKey: process.env.WYE_API_KEY, maxRetries: 0, timeout: 30_000 });
const result = { silent: 0, withText: 0, errors: {} };
for (let i = 0; i < calls; i++) {
  let text = "";
  try {
    const stream = await client.chat.completions.create({
      model: "auto",
      messages: [{ role: "user", content: "Tell me of the sea." }],
      stream: true,
    });
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? "";
    }
    result.silent++;
  } catch (error) {
    const name = `${error.constructor.name} ${error.code ?? ""}`.trim();
    result.errors[name] = (result.errors[name] ?? 0) + 1;
    result.withText += text.length > 0 ? 1 : 0;
  }
}
console.log(JSON.stringify(result));
