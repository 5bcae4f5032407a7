// The Vercel AI SDK and LangChain against a running gateway, through each of its faces. See README.md for how to run it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { createAnthropic } from "@ai-sdk/anthropic";
import { createOpenAI } from "@ai-sdk/openai";
import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { ChatAnthropic } from "@langchain/anthropic";
import { HumanMessage } from "@langchain/core/messages";
import { tool as chainTool } from "@langchain/core/tools";
import { ChatOpenAI, OpenAIEmbeddings } from "@langchain/openai";
import { embedMany, generateText, Output, stepCountIs, streamText, tool } from "ai";
import { z } from "zod";

const baseURL = process.env.WYE_BASE_URL;
const apiKey = process.env.WYE_API_KEY;
const model = process.env.WYE_MODEL ?? "auto";
const embedding = process.env.WYE_EMBEDDING;
if (!baseURL || !apiKey) {
  // Not skipped: a run without a gateway proves nothing and must not look as if it did.
  throw new Error("Set WYE_BASE_URL (ends in /v1) and WYE_API_KEY; test/clients/README.md says how.");
}

// What the upstream refuses, and what it answers with a little text and then silence. Another upstream answers the second in full.
const refuse = process.env.WYE_REFUSE;
const stall = process.env.WYE_STALL ?? "Tell me a long story";

globalThis.AI_SDK_LOG_WARNINGS = false;
const ask = "Classify this ticket as bug, question or praise: 'The export button does nothing.'";
const askTools = "Please get weather and get time for Lisbon";
const paint = z.object({ colour: z.enum(["red", "blue"]), coats: z.number() });
const city = z.object({ city: z.string() });
const png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

const openai = createOpenAI({ baseURL, apiKey });
const faces = {
  responses: (name) => openai(name),
  chat: (name) => openai.chat(name),
  compatible: createOpenAICompatible({ name: "wye", baseURL, apiKey, includeUsage: true, supportsStructuredOutputs: true }),
  messages: createAnthropic({ baseURL, apiKey }),
};
const tools = {
  get_weather: tool({ inputSchema: city, execute: () => ({ celsius: 19 }) }),
  get_time: tool({ inputSchema: city, execute: () => ({ time: "12:00" }) }),
};

/** Another model may answer only where none was named. */
function assertModel(headers) {
  assert.ok(headers["x-wye-model"]);
  if (model !== "auto") {
    assert.equal(headers["x-wye-model"], model);
  }
}

for (const [face, of] of Object.entries(faces)) {
  const options = { model: of(model), maxRetries: 0 };

  test(`AI SDK, ${face}: a text, whole and streamed, with its usage`, async () => {
    const whole = await generateText({ ...options, prompt: ask, maxOutputTokens: 2_000 });
    assertModel(whole.response.headers);
    assert.ok(whole.text.length > 0);
    assert.equal(whole.finishReason, "stop");
    assert.ok(whole.usage.inputTokens > 0 && whole.usage.outputTokens > 0);
    const stream = streamText({ ...options, prompt: ask, maxOutputTokens: 2_000 });
    let text = "";
    for await (const piece of stream.textStream) {
      text += piece;
    }
    assert.ok(text.length > 0);
    assert.equal(await stream.finishReason, "stop");
    const usage = await stream.usage;
    assert.ok(usage.outputTokens > 0);
    if (model !== "auto") {
      assert.equal(usage.inputTokens, whole.usage.inputTokens);
    }
  });

  test(`AI SDK, ${face}: tools in two steps, then a turn that follows from what was said`, async () => {
    const turn = { role: "user", content: askTools };
    const first = await generateText({ ...options, tools, messages: [turn], stopWhen: stepCountIs(3) });
    assert.deepEqual(first.steps[0].toolCalls.map((call) => call.toolName), ["get_weather", "get_time"]);
    assert.equal(first.steps[0].finishReason, "tool-calls");
    assert.ok(first.text.length > 0);
    const messages = [turn, ...first.response.messages, { role: "user", content: "Thank you. Anything else?" }];
    const second = await generateText({ ...options, tools, messages });
    assert.ok(second.text.length > 0);
    assert.ok(second.usage.inputTokens > first.steps[1].usage.inputTokens, "the whole conversation is sent");
  });

  test(`AI SDK, ${face}: tools are streamed in two steps`, async () => {
    const stream = streamText({ ...options, tools, prompt: askTools, stopWhen: stepCountIs(3) });
    const names = [];
    for await (const part of stream.fullStream) {
      assert.notEqual(part.type, "error", String(part.error));
      if (part.type === "tool-result") {
        names.push(part.toolName);
      }
    }
    assert.deepEqual(names.sort(), ["get_time", "get_weather"]);
    assert.equal((await stream.steps).length, 2);
    assert.ok((await stream.text).length > 0);
  });

  test(`AI SDK, ${face}: an object keeps to its schema, and an image is read`, async () => {
    const content = [{ type: "text", text: "Which paint?" }, { type: "image", image: png }];
    const answer = await generateText({ ...options, messages: [{ role: "user", content }], output: Output.object({ schema: paint }) });
    assert.match(answer.output.colour, /^(red|blue)$/);
    assert.ok(answer.usage.inputTokens > 80, "an image costs more than its question");
  });

  test(`AI SDK, ${face}: an unknown model is an error that is not tried again`, async () => {
    await assert.rejects(generateText({ model: of("no-such-model"), prompt: ask }), (error) => {
      assert.equal(error.name, "AI_APICallError");
      assert.equal(error.statusCode, 404);
      assert.equal(error.isRetryable, false);
      assert.match(error.message, /no-such-model/);
      return true;
    });
  });
}

if (refuse) {
  test("AI SDK: a refusal of the upstream is not tried again", async () => {
    await assert.rejects(
      generateText({ model: openai(model), prompt: refuse }),
      (error) => error.statusCode === 400 && !error.isRetryable,
    );
  });
}

const chains = {
  chat: (name) => new ChatOpenAI({ model: name, apiKey, configuration: { baseURL }, maxRetries: 0 }),
  responses: (name) => new ChatOpenAI({ model: name, apiKey, configuration: { baseURL }, maxRetries: 0, useResponsesApi: true }),
  messages: (name) => new ChatAnthropic({ model: name, apiKey, anthropicApiUrl: baseURL.replace(/\/v1\/?$/, ""), maxRetries: 0 }),
};
const weather = chainTool(() => "19 °C", { name: "get_weather", description: "Current weather of a city.", schema: city });
const time = chainTool(() => "12:00", { name: "get_time", description: "Current time of a city.", schema: city });

for (const [face, of] of Object.entries(chains)) {
  const chain = of(model);

  test(`LangChain, ${face}: a text, whole and streamed, with its usage`, async () => {
    const whole = await chain.invoke(ask);
    assert.ok(whole.text.length > 0);
    assert.ok(whole.usage_metadata.input_tokens > 0 && whole.usage_metadata.output_tokens > 0);
    let streamed;
    for await (const chunk of await chain.stream(ask)) {
      streamed = streamed?.concat(chunk) ?? chunk;
    }
    assert.ok(streamed.text.length > 0);
    assert.ok(streamed.usage_metadata.input_tokens > 0, "LangChain takes it from the beginning of a stream of messages");
    assert.ok(streamed.usage_metadata.output_tokens > 0);
  });

  test(`LangChain, ${face}: tools are called, whole and streamed, and their results answered`, async () => {
    const bound = chain.bindTools([weather, time]);
    let first;
    for await (const chunk of await bound.stream(askTools)) {
      first = first?.concat(chunk) ?? chunk;
    }
    assert.deepEqual(first.tool_calls.map((call) => call.name), ["get_weather", "get_time"]);
    const results = [await weather.invoke(first.tool_calls[0]), await time.invoke(first.tool_calls[1])];
    const second = await bound.invoke([new HumanMessage(askTools), first, ...results]);
    assert.ok(second.text.length > 0);
    assert.deepEqual(second.tool_calls, []);
  });

  test(`LangChain, ${face}: an object keeps to its schema, and a batch is answered`, async () => {
    assert.match((await chain.withStructuredOutput(paint).invoke("Which paint?")).colour, /^(red|blue)$/);
    const answers = await chain.batch(["One", "Two"]);
    assert.ok(answers.every((answer) => answer.text.length > 0));
  });

  test(`LangChain, ${face}: an unknown model is the error that it knows`, async () => {
    await assert.rejects(of("no-such-model").invoke(ask), (error) => {
      assert.equal(error.status, 404);
      assert.equal(error.lc_error_code, "MODEL_NOT_FOUND");
      return true;
    });
  });
}

test("LangChain: a stream is aborted after its first text", async () => {
  const leaves = new AbortController();
  let text = "";
  await assert.rejects(async () => {
    for await (const chunk of await chains.responses(model).stream(stall, { signal: leaves.signal })) {
      text += chunk.text;
      if (text.length > 0) {
        leaves.abort();
      }
    }
  }, /abort/i);
  assert.ok(text.length > 0);
});

if (embedding) {
  test("both: texts become vectors", async () => {
    const { embeddings, usage } = await embedMany({ model: openai.embedding(embedding), values: ["hello", "world"], maxRetries: 0 });
    assert.ok(usage.tokens > 0);
    const chain = new OpenAIEmbeddings({ model: embedding, apiKey, configuration: { baseURL }, maxRetries: 0 });
    const vectors = await chain.embedDocuments(["hello", "world"]);
    assert.deepEqual(vectors.map((one) => one.length), embeddings.map((one) => one.length));
  });
}
