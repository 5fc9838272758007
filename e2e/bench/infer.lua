-- The same inference over and over: wrk ... --script infer.lua URL -- BODY [JSON]
-- BODY is a file. JSON is the length of the JSON in front of binary tensors; without it, all of the body is JSON.
-- The last line says: median and 99th percentile in ms, requests/s, requests, failed requests.
function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  wrk.method = "POST"
  wrk.body = file:read("*a")
  file:close()
  wrk.headers["Content-Type"] = arguments[2] and "application/octet-stream" or "application/json"
  wrk.headers["Inference-Header-Content-Length"] = arguments[2]
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  print(string.format("%.4f %.4f %.3f %d %d", latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.requests / summary.duration * 1e6, summary.requests, failed))
end
