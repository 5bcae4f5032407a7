// The official openai package against a running gateway. See README.md for how to run it.
import assert from "node:assert/strict";
import { test } from "node:test";
import OpenAI from "openai";

const baseURL = process.env.WYE_BASE_URL;
const apiKey = process.env.WYE_API_KEY;
const model = process.env.WYE_MODEL ?? "auto";
if (!baseURL || !apiKey) {
  // Not skipped: a run without a gateway proves nothing and must not look as if it did.
  throw new Error("Set WYE_BASE_URL (ends in /v1) and WYE_API_KEY; test/clients/README.md says how.");
}

// What the upstream refuses, and what it answers with a little text and then silence. Another upstream answers the second in full.
const refuse = process.env.WYE_REFUSE;
const stall = process.env.WYE_STALL ?? "Tell me a long story";

const client = new OpenAI({ baseURL, apiKey, maxRetries: 0, timeout: 30_000 });
const messages = [{ role: "user", content: "Classify this ticket as bug, question or praise: 'The export button does nothing.'" }];
const tool = {
  type: "function",
  function: {
    name: "get_weather",
    description: "Current weather of a city.",
    parameters: {
      type: "object",
      properties: { city: { type: "string" } },
      required: ["city"],
      additionalProperties: false,
    },
  },
};
const schema = {
  type: "object",
  properties: { colour: { type: "string", enum: ["red", "blue"] } },
  required: ["colour"],
  additionalProperties: false,
};
const png = "iVBORw0KGgo=";

/** Another model may answer only where none was named. */
function assertModel(response) {
  if (model !== "auto") {
    assert.equal(response.headers.get("x-wye-model"), model);
  }
}

function assertProvenance(headers) {
  for (const name of ["x-wye-request-id", "x-wye-model", "x-wye-route", "x-wye-why", "x-wye-attempts"]) {
    assert.ok(headers.get(name), `header ${name} is missing`);
  }
}

test("a chat answers with content, usage and what it cost", async () => {
  const { data, response } = await client.chat.completions.create({ model, messages }).withResponse();
  assert.equal(data.object, "chat.completion");
  assert.equal(data.choices[0].message.role, "assistant");
  assert.ok(data.choices[0].message.content.length > 0);
  assert.equal(data.choices[0].finish_reason, "stop");
  assert.ok(data.usage.prompt_tokens > 0 && data.usage.completion_tokens > 0);
  assertProvenance(response.headers);
  assertModel(response);
  assert.ok(Number(response.headers.get("x-wye-cost-usd")) > 0);
});

test("a stream arrives in chunks and ends with a reason", async () => {
  const { data, response } = await client.chat.completions.create({ model, messages, stream: true }).withResponse();
  assertProvenance(response.headers);
  let text = "";
  let chunks = 0;
  let finish = null;
  for await (const chunk of data) {
    chunks++;
    assert.ok(!chunk.usage, "usage was not asked for and must not reach the caller");
    text += chunk.choices[0]?.delta?.content ?? "";
    finish = chunk.choices[0]?.finish_reason ?? finish;
  }
  assert.ok(chunks > 1, `${chunks} chunks`);
  assert.ok(text.length > 0);
  assert.equal(finish, "stop");
});

test("a stream that asks for usage gets it in its last chunk", async () => {
  const stream = await client.chat.completions.create({
    model,
    messages,
    stream: true,
    stream_options: { include_usage: true },
  });
  let last = null;
  for await (const chunk of stream) {
    last = chunk;
  }
  assert.equal(last.choices.length, 0);
  assert.ok(last.usage.prompt_tokens > 0 && last.usage.completion_tokens > 0);
});

test("a demanded tool is called with arguments that parse, and its result is answered", async () => {
  const ask = { role: "user", content: "What is the weather in Lisbon?" };
  const tool_choice = { type: "function", function: { name: "get_weather" } };
  const first = await client.chat.completions.create({ model, messages: [ask], tools: [tool], tool_choice });
  const calls = first.choices[0].message.tool_calls;
  assert.equal(calls.length, 1);
  assert.equal(calls[0].function.name, "get_weather");
  assert.equal(typeof JSON.parse(calls[0].function.arguments), "object");

  const second = await client.chat.completions.create({
    model,
    messages: [ask, first.choices[0].message, { role: "tool", tool_call_id: calls[0].id, content: '{"celsius":19}' }],
    tools: [tool],
    tool_choice: "none",
  });
  assert.ok(second.choices[0].message.content.length > 0);
});

test("a streamed tool call assembles from its deltas", async () => {
  const stream = client.chat.completions.stream({
    model,
    messages: [{ role: "user", content: "What is the weather in Oslo?" }],
    tools: [tool],
    tool_choice: { type: "function", function: { name: "get_weather" } },
  });
  const final = await stream.finalChatCompletion();
  const calls = final.choices[0].message.tool_calls;
  assert.equal(calls.length, 1);
  assert.equal(calls[0].function.name, "get_weather");
  assert.equal(typeof JSON.parse(calls[0].function.arguments), "object");
});

test("parallel tools are called, and their results are answered", async () => {
  const ask = { role: "user", content: "Please get weather and get time for Lisbon" };
  const tools = [tool, { type: "function", function: { ...tool.function, name: "get_time" } }];
  const first = await client.chat.completions.create({ model, messages: [ask], tools });
  const { message, finish_reason } = first.choices[0];
  assert.equal(finish_reason, "tool_calls");
  assert.deepEqual(message.tool_calls.map((call) => call.function.name), ["get_weather", "get_time"]);
  const results = message.tool_calls.map((call) => ({ role: "tool", tool_call_id: call.id, content: "19" }));
  const second = await client.chat.completions.create({ model, messages: [ask, message, ...results], tools, tool_choice: "none" });
  assert.ok(second.choices[0].message.content.length > 0);
});

test("an image is read", async () => {
  const content = [
    { type: "text", text: "Which colour?" },
    { type: "image_url", image_url: { url: `data:image/png;base64,${png}` } },
  ];
  const { data, response } = await client.chat.completions
    .create({ model, messages: [{ role: "user", content }] })
    .withResponse();
  assertModel(response);
  assert.ok(data.choices[0].message.content.length > 0);
  assert.ok(data.usage.prompt_tokens > 80, "an image costs more than its question");
});

test("an answer keeps to its JSON schema", async () => {
  const { data, response } = await client.chat.completions
    .create({ model, messages, response_format: { type: "json_schema", json_schema: { name: "paint", strict: true, schema } } })
    .withResponse();
  assertModel(response);
  assert.match(JSON.parse(data.choices[0].message.content).colour, /^(red|blue)$/);
});

test("a stream is aborted after its first text", async () => {
  const stream = await client.chat.completions.create({ model, messages: [{ role: "user", content: stall }], stream: true });
  let text = "";
  for await (const chunk of stream) {
    text += chunk.choices[0]?.delta?.content ?? "";
    if (text.length > 0) {
      stream.controller.abort();
    }
  }
  assert.ok(text.length > 0);
  assert.ok(stream.controller.signal.aborted);
});

if (refuse) {
  test("a refusal of the upstream is the client's bad request", async () => {
    const ask = { role: "user", content: refuse };
    await assert.rejects(client.chat.completions.create({ model, messages: [ask] }), OpenAI.BadRequestError);
  });
}

test("an unknown model is an error in the envelope the client knows", async () => {
  await assert.rejects(client.chat.completions.create({ model: "no-such-model", messages }), (error) => {
    assert.ok(error instanceof OpenAI.APIError, String(error));
    assert.equal(error.status, 404);
    assert.match(error.message, /no-such-model/);
    assert.ok(error.headers.get("x-wye-request-id"));
    return true;
  });
});

test("a wrong key is refused as an authentication error", async () => {
  const stranger = new OpenAI({ baseURL, apiKey: "wye-not-a-key", maxRetries: 0 });
  await assert.rejects(stranger.chat.completions.create({ model, messages }), OpenAI.AuthenticationError);
});
