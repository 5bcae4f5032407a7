// An official npm package against a gateway whose upstream breaks every stream after its first content. Prints how many of
// WYE_CALLS streams it took for whole (silent), and how many of the others had given text before they failed (withText).
// WYE_CLIENT: openai (default) or anthropic. WYE_RETRIES: what the client itself repeats (default 0). WYE_STREAM=0: no stream.
import Anthropic from "@anthropic-ai/sdk";
import OpenAI from "openai";

const calls = Number(process.env.WYE_CALLS ?? "3");
const options = { apiKey: process.env.WYE_API_KEY, maxRetries: Number(process.env.WYE_RETRIES ?? "0"), timeout: 30_000 };
const stream = process.env.WYE_STREAM !== "0";
const messages = [{ role: "user", content: "Tell me of the sea." }];

async function* openai() {
  const client = new OpenAI({ ...options, baseURL: process.env.WYE_BASE_URL });
  const answer = await client.chat.completions.create({ model: "auto", messages, stream });
  for await (const chunk of stream ? answer : []) {
    yield chunk.choices[0]?.delta?.content ?? "";
  }
}

async function* anthropic() {
  const client = new Anthropic({ ...options, baseURL: process.env.WYE_BASE_URL.replace(/\/v1\/?$/, "") });
  const answer = await client.messages.create({ model: "auto", max_tokens: 1_000, messages, stream });
  for await (const event of stream ? answer : []) {
    yield event.type === "content_block_delta" ? (event.delta.text ?? "") : "";
  }
}

const ask = process.env.WYE_CLIENT === "anthropic" ? anthropic : openai;
const result = { silent: 0, withText: 0, errors: {} };
for (let i = 0; i < calls; i++) {
  let text = "";
  try {
    for await (const part of ask()) {
      text += part;
    }
    result.silent++;
  } catch (error) {
    const name = `${error.constructor.name} ${error.code ?? ""}`.trim();
    result.errors[name] = (result.errors[name] ?? 0) + 1;
    result.withText += text.length > 0 ? 1 : 0;
  }
}
console.log(JSON.stringify(result));
