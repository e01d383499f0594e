-- Asks the addresses of a list in turn, each thread from another place on.
-- wrk -s questions.lua URL -- FILE
local addresses, at, counter = {}, 0, 0

function setup(thread)
  counter = counter + 1
  thread:set("place", counter)
end

function init(args)
  for line in io.lines(args[1]) do addresses[#addresses + 1] = line end
  at = (place * 7919) % #addresses
end

function request()
  at = at % #addresses + 1
  return wrk.format("GET", addresses[at])
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.write(string.format("RESULT\t%.0f\t%.2f\t%.2f\t%.2f\t%d\n",
    summary.requests / summary.duration * 1e6,
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, latency.max / 1000, failed))
end
