"use strict";

const REFRESH_MILLIS = 2000;
const MOST_SHOWN = 20000; // characters of an answer
const HALVES = ["FP16", "BF16"]; // the protocol gives them no JSON form
const PHASES = [
  ["queue", "queue", "p1"],
  ["compute_input", "decode", "p2"],
  ["compute_infer", "model", "p3"],
  ["compute_output", "encode", "p4"],
];

const state = { name: null, revision: null, metadata: null, stats: null, polled: null };

const $ = (id) => document.getElementById(id);

function element(tag, properties, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

// ---- asking the server

/** Sends a request; the result has the answer or the server's own line. */
async function ask(path, options = {}) {
  const began = performance.now();
  try {
    const response = await fetch("." + path, { cache: "no-cache", ...options });
    const bytes = await response.arrayBuffer();
    const millis = performance.now() - began;
    if (!response.ok) {
      return { millis, error: `${response.status}: ${line(new TextDecoder().decode(bytes))}` };
    }
    const length = response.headers.get("Inference-Header-Content-Length");
    return { millis, value: length === null ? JSON.parse(new TextDecoder().decode(bytes)) : fromBinary(bytes, +length) };
  } catch (problem) {
    return { millis: performance.now() - began, error: `No answer: ${problem.message}` };
  }
}

function line(text) {
  try {
    const { error } = JSON.parse(text);
    return error.message ?? error;
  } catch {
    return text;
  }
}

const post = (path, type, body, headers = {}) => ask(path, { method: "POST", body, headers: { "Content-Type": type, ...headers } });

/** The server's time of the requests between two statistics; it is ours if there was only one. */
async function serverTime(before) {
  const after = await statistics();
  if (!before || !after || after.version !== before.version) return "";
  const count = after.inference_stats.success.count - before.inference_stats.success.count;
  if (count < 1) return "";
  const mean = (key) => (after.inference_stats[key].ns - before.inference_stats[key].ns) / count;
  const parts = PHASES.map(([key, word]) => [word, mean(key)]).filter(([, nanos]) => nanos >= 5e4);
  const detail = parts.map(([word, nanos]) => `${word} ${time(nanos)}`).join(", ");
  const others = count > 1 ? `, mean of ${count} requests` : "";
  return `, of which server ${time(mean("success"))}${others}${detail && ` (${detail})`}`;
}

async function statistics() {
  const { value } = await ask(`/v2/models/${encodeURIComponent(state.name)}/stats`);
  return value?.model_stats[0];
}

/** Asks and shows: the answer with its time, or the error. */
async function run(button, answer, request, show) {
  if (button) button.disabled = true;
  const before = await statistics();
  const result = await request();
  const server = result.error ? "" : await serverTime(before);
  if (button) button.disabled = false;
  if (result.error) {
    answer.replaceChildren(element("p", { className: "error", role: "alert" }, result.error));
    return;
  }
  const spent = element("p", { className: "time" }, `Round trip ${time(result.millis * 1e6)}${server}`);
  answer.replaceChildren(show(result.value), spent);
  refresh();
}

// ---- numbers and JSON as text

function time(nanos) {
  if (nanos >= 1e9) return `${(nanos / 1e9).toFixed(2)} s`;
  if (nanos >= 1e6) return `${(nanos / 1e6).toFixed(nanos < 1e7 ? 2 : 1)} ms`;
  return `${(nanos / 1e3).toFixed(0)} µs`;
}

/** JSON with a line for each tensor, not for each number. */
function json(value, indent = "") {
  const flat = Array.isArray(value) && value.every((each) => typeof each !== "object");
  if (flat || typeof value !== "object" || value === null) return JSON.stringify(value).replaceAll(",", flat ? ", " : ",");
  const inner = indent + "  ";
  const list = Array.isArray(value);
  const parts = list
    ? value.map((each) => json(each, inner))
    : Object.entries(value).map(([key, each]) => `${JSON.stringify(key)}: ${json(each, inner)}`);
  const brackets = list ? "[]" : "{}";
  if (!parts.some((part) => part.includes("\n")) && (list ? parts.length === 0 : parts.join().length < 90)) {
    return brackets[0] + parts.join(", ") + brackets[1];
  }
  return `${brackets[0]}\n${inner}${parts.join(",\n" + inner)}\n${indent}${brackets[1]}`;
}

function shortened(text) {
  return text.length <= MOST_SHOWN ? text : `${text.slice(0, MOST_SHOWN)} … and ${(text.length - MOST_SHOWN).toLocaleString()} characters more`;
}

// ---- answers

const text = (value) => element("pre", { tabIndex: 0 }, shortened(json(value)));

function bars(rows) {
  const list = element("ol", { className: "bars" });
  for (const { label, score } of rows) {
    const filled = element("span", {});
    filled.style.width = `${Math.min(100, Math.max(0, score * 100))}%`;
    const number = element("span", { className: "number" }, `${(score * 100).toFixed(1)} %`);
    list.append(element("li", {}, element("span", {}, label), number, element("span", { className: "bar" }, filled)));
  }
  return list;
}

/** A vector as a strip: each number a line up or down from the middle. */
function vector(values) {
  const strip = element("canvas", { className: "strip", width: Math.max(300, values.length * 2), height: 128, ariaLabel: "The vector's values" });
  const paint = strip.getContext("2d");
  paint.fillStyle = getComputedStyle(document.documentElement).getPropertyValue("--accent");
  const most = Math.max(...values.map(Math.abs)) || 1;
  const width = strip.width / values.length;
  values.forEach((value, place) => paint.fillRect(place * width, 64, Math.max(1, width - 1), (-value / most) * 60));
  const head = values.slice(0, 8).map((value) => value.toPrecision(4)).join(", ");
  return element("div", {}, strip, element("pre", { tabIndex: 0 }, `${values.length} numbers: [${head}${values.length > 8 ? ", …" : ""}]`));
}

function answerOfTask(value, documents) {
  const one = Array.isArray(value) && value.length === 1 && Array.isArray(value[0]) ? value[0] : value;
  if (one[0]?.label !== undefined) return bars(one);
  if (typeof one[0] === "number") return vector(one);
  if (one.results) return bars(one.results.map((each) => ({ label: documents[each.index], score: each.relevance_score })));
  if (one.segments) {
    const spans = one.segments.map(({ start, end }) => element("li", {}, `${start.toFixed(2)} s to ${end.toFixed(2)} s`));
    return spans.length ? element("ul", {}, ...spans) : element("p", {}, "No speech was found.");
  }
  return text(value);
}

// ---- the form of a task

const FORMS = [
  { fits: (body) => Object.keys(body.content).some((type) => !type.includes("json")), build: fileForm },
  { fits: (body) => "inputs" in example(body), build: textForm },
  { fits: (body) => "query" in example(body), build: rankingForm },
];

const example = (body) => body.content["application/json"]?.example ?? {};

function showTask(spec) {
  const found = Object.entries(spec.paths).find(([path]) => path.startsWith("/v1/tasks/"));
  $("task").hidden = $("task-name").hidden = !found;
  $("task-answer").replaceChildren();
  $("tensors-details").open = !found;
  if (!found) return;
  const [path, { post: operation }] = found;
  $("task-title").textContent = operation.summary;
  $("task-name").textContent = operation["x-task"];
  const body = resolve(spec, operation.requestBody);
  FORMS.find((form) => form.fits(body)).build(path, body);
}

function resolve(spec, node) {
  return node.$ref ? node.$ref.slice(2).split("/").reduce((at, key) => at[key], spec) : node;
}

function fileForm(path, body) {
  const types = Object.keys(body.content);
  const what = types[0].startsWith("image/") ? "photo" : "sound";
  const names = types.map((type) => type.split("/")[1].toUpperCase()).join(", ");
  const input = element("input", { type: "file", id: "file", accept: types.join() });
  const hint = element("span", {}, `Drop a ${what} here, or choose a file`);
  const drop = element("label", { className: "drop", htmlFor: "file" }, hint, element("small", {}, names), input);
  const send = async (file) => {
    if (!file) return;
    await preview(file, drop, hint);
    await run(null, $("task-answer"), () => post(path, file.type || types[0], file), answerOfTask);
  };
  input.addEventListener("change", () => send(input.files[0]));
  for (const over of ["dragenter", "dragover"]) {
    drop.addEventListener(over, (event) => {
      event.preventDefault();
      drop.classList.add("over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("over");
    send(event.dataTransfer.files[0]);
  });
  taskForm(() => input.click(), drop);
}

/** Draws the picture; the policy of this page allows no address for it. */
async function preview(file, drop, hint) {
  drop.querySelector("canvas")?.remove();
  hint.textContent = file.name;
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, 480 / picture.width, 260 / picture.height) || 1;
    const canvas = element("canvas", { width: Math.max(1, picture.width * scale), height: Math.max(1, picture.height * scale), ariaHidden: "true" });
    canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
    drop.prepend(canvas);
  } catch {
    // no picture that this browser knows: the server says what it thinks of it
  }
}

function textForm(path, body) {
  const field = element("textarea", { id: "text", className: "prose", rows: 3, required: true, value: example(body).inputs });
  const button = element("button", {}, "Run");
  taskForm(
    () => run(button, $("task-answer"), () => post(path, "application/json", JSON.stringify({ inputs: field.value })), answerOfTask),
    element("label", { htmlFor: "text" }, "Text"), field, element("div", { className: "row" }, button));
}

function rankingForm(path, body) {
  const { query, documents } = example(body);
  const asked = element("input", { type: "text", id: "query", required: true, value: query });
  const field = element("textarea", { id: "documents", className: "prose", rows: 4, required: true, value: documents.join("\n") });
  const button = element("button", {}, "Run");
  const send = () => {
    const lines = field.value.split("\n").filter((each) => each.trim());
    const request = JSON.stringify({ query: asked.value, documents: lines });
    return run(button, $("task-answer"), () => post(path, "application/json", request), (value) => answerOfTask(value, lines));
  };
  taskForm(send,
    element("label", { htmlFor: "query" }, "Query"), asked,
    element("label", { htmlFor: "documents" }, "Documents, one a line"), field, element("div", { className: "row" }, button));
}

function taskForm(send, ...content) {
  $("task-form").replaceChildren(...content);
  $("task-form").onsubmit = (event) => {
    event.preventDefault();
    send();
  };
}

// ---- the form of tensors

const inferPath = () => `/v2/models/${encodeURIComponent(state.name)}/infer`;

/** Zeros for a model whose example is too large for a document, or has no JSON form. */
function zeros({ inputs, outputs }) {
  const filled = inputs.map(({ name, datatype, shape }) => {
    const sizes = shape.map((size) => Math.max(size, size < 0 ? 1 : 0));
    const value = datatype === "BYTES" ? "" : datatype === "BOOL" ? false : 0;
    return { name, datatype, shape: sizes, data: Array(sizes.reduce((all, size) => all * size, 1)).fill(value) };
  });
  if (!outputs.some(({ datatype }) => HALVES.includes(datatype))) return { inputs: filled };
  const wishes = outputs.map(({ name, datatype }) => (HALVES.includes(datatype) ? { name, parameters: { binary_data: true } } : { name }));
  return { inputs: filled, outputs: wishes };
}

function showTensors(spec) {
  $("tensors-path").textContent = inferPath();
  const { content } = spec.paths[inferPath()].post.requestBody;
  const request = json(content["application/json"]?.example ?? zeros(state.metadata));
  const reset = () => {
    $("tensors").value = request;
    $("tensors").rows = Math.min(24, Math.max(8, request.split("\n").length + 1));
    $("tensors-answer").replaceChildren();
  };
  reset();
  $("tensors-reset").onclick = reset;
  $("tensors-form").onsubmit = (event) => {
    event.preventDefault();
    run($("tensors-send"), $("tensors-answer"), sendTensors, text);
  };
}

/** Sends what was typed as it is, so that a mistake gets the server's line; only halves become binary. */
function sendTensors() {
  const typed = $("tensors").value;
  if (state.metadata.inputs.some(({ datatype }) => HALVES.includes(datatype))) {
    try {
      const [body, length] = toBinary(JSON.parse(typed));
      return post(inferPath(), "application/octet-stream", body, { "Inference-Header-Content-Length": length });
    } catch {
      // told by the server
    }
  }
  return post(inferPath(), "application/json", typed);
}

function toBinary(request) {
  const parts = [];
  for (const input of request.inputs) {
    if (!HALVES.includes(input.datatype)) continue;
    const part = halves(input.data.flat(Infinity), input.datatype);
    input.parameters = { ...input.parameters, binary_data_size: part.byteLength };
    delete input.data;
    parts.push(part);
  }
  const header = new TextEncoder().encode(JSON.stringify(request));
  return [new Blob([header, ...parts]), header.length];
}

function halves(values, datatype) {
  const view = new DataView(new ArrayBuffer(values.length * 2));
  const wide = new DataView(new ArrayBuffer(4));
  values.forEach((value, place) => {
    wide.setFloat32(0, value);
    if (datatype === "FP16") view.setFloat16(place * 2, value, true);
    else view.setUint16(place * 2, wide.getUint16(0), true); // a BF16 is the upper half of an FP32
  });
  return view.buffer;
}

function fromBinary(bytes, length) {
  const answer = JSON.parse(new TextDecoder().decode(bytes.slice(0, length)));
  let place = length;
  for (const output of answer.outputs) {
    const size = output.parameters?.binary_data_size;
    if (size === undefined) continue;
    if (HALVES.includes(output.datatype)) output.data = numbers(new DataView(bytes, place, size), output.datatype);
    place += size;
  }
  return answer;
}

function numbers(view, datatype) {
  const wide = new DataView(new ArrayBuffer(4));
  return Array.from({ length: view.byteLength / 2 }, (_, place) => {
    if (datatype === "FP16") return view.getFloat16(place * 2, true);
    wide.setUint16(0, view.getUint16(place * 2, true));
    return wide.getFloat32(0);
  });
}

// ---- what is served and how it fares

async function load() {
  const { value: spec } = await ask("/openapi.json");
  if (!spec) return;
  state.name = spec.info.title;
  const { value: metadata } = await ask(`/v2/models/${encodeURIComponent(state.name)}`);
  if (!metadata) return;
  Object.assign(state, { metadata, revision: spec.info.version, stats: null });
  document.title = $("name").textContent = state.name;
  $("revision").textContent = state.revision;
  showSignature(metadata);
  showTask(spec);
  showTensors(spec);
}

function showSignature({ inputs, outputs }) {
  $("signature").querySelectorAll("tbody").forEach((body) => body.remove());
  for (const [title, tensors] of [["Inputs", inputs], ["Outputs", outputs]]) {
    const rows = tensors.map(({ name, datatype, shape }) =>
      element("tr", {}, element("td", {}, name), element("td", {}, datatype), element("td", {}, shape.map((size) => (size < 0 ? "any" : size)).join(" × ") || "scalar")));
    $("signature").append(element("tbody", {}, element("tr", {}, element("th", { colSpan: 3, scope: "rowgroup" }, title)), ...rows));
  }
}

function showStatistics(stats) {
  const now = performance.now();
  const { success, fail } = stats.inference_stats;
  const earlier = state.stats?.version === stats.version ? state.stats.inference_stats : null;
  const rate = earlier ? ((success.count - earlier.success.count + fail.count - earlier.fail.count) * 1000) / (now - state.polled) : 0;
  state.stats = stats;
  state.polled = now;
  const facts = [
    ["Answered requests", success.count.toLocaleString()],
    ["Refused or failed", fail.count.toLocaleString()],
    ["Inferences", stats.inference_count.toLocaleString()],
    ["Requests a second now", rate.toFixed(1)],
    ["Mean time", success.count ? time(success.ns / success.count) : "none yet"],
  ];
  $("statistics").replaceChildren(...facts.flatMap(([term, value]) => [element("dt", {}, term), element("dd", {}, value)]));
  showPhases(stats.inference_stats);
}

function showPhases(all) {
  const { count, ns } = all.success;
  const known = PHASES.map(([key, word, colour]) => [word, all[key].ns, colour]);
  const rest = ns - known.reduce((sum, [, nanos]) => sum + nanos, 0);
  const every = [...known, ["read and write", Math.max(0, rest), "p5"]];
  const phases = every.filter(([, nanos]) => nanos > 0 || !count); // a task has no decoding of tensors
  const pieces = phases.map(([, nanos, colour]) => {
    const piece = element("span", { className: colour });
    piece.style.width = `${ns ? (nanos / ns) * 100 : 0}%`;
    return piece;
  });
  $("phases-bar").replaceChildren(...pieces);
  const terms = phases.flatMap(([word, nanos, colour]) => [
    element("dt", {}, element("span", { className: `key ${colour}` }), word),
    element("dd", {}, count ? time(nanos / count) : "none yet"),
  ]);
  $("phases").replaceChildren(...terms);
}

function showReady(word, kind) {
  if ($("ready").textContent === word) return; // else it would be read aloud again and again
  $("ready").textContent = word;
  $("ready").className = `badge ${kind}`;
}

async function refresh() {
  const { value, error } = await ask("/v2/health/ready");
  showReady(value ? "ready" : error.startsWith("No answer") ? "no answer" : "not ready", value ? "yes" : "no");
  if (!value) return;
  if (!state.revision) await load();
  const stats = state.revision && (await statistics());
  if (!stats) return;
  if (stats.version !== state.revision) await load();
  showStatistics(stats);
}

async function follow() {
  if (document.visibilityState === "visible") await refresh();
  setTimeout(follow, REFRESH_MILLIS);
}

document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && refresh());
follow();
