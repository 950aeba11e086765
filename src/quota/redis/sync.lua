-- One step of the quota that processes keep together: the same as `Fleet::apply` in fleet.rs, where the reasons are.
-- All keys have one hash tag. Times are microseconds by this server's clock; only durations come from a process.
local IN_FLIGHT, RECENT, STATE, REPLICAS, DUE, SERVED = unpack(KEYS)
local ALWAYS, FIRST_ANSWERS, AT_FIRST, MAX_LIMIT = 2, 2, 8, 100000
local MILLI, SECOND = 1000, 1000000
local LEARNING, BACKWARDS, FRESH, GONE, LONGEST_PAUSE = 2500 * MILLI, SECOND, SECOND, 60 * SECOND, 120 * SECOND
local PAUSES, SOON, LATE, SOON_WITH_OTHERS, LENIENCY = 8, 20 * MILLI, 5 * SECOND, 250 * MILLI, SECOND
local MOST_COMPARED = 1000
local floor, max, min, call = math.floor, math.max, math.min, redis.call

local me, want, first, held = ARGV[1], tonumber(ARGV[2]), tonumber(ARGV[3]), tonumber(ARGV[4])
local window, lease, horizon = max(1, tonumber(ARGV[5])), tonumber(ARGV[6]), tonumber(ARGV[7])
local epoch, version, nonce = ARGV[8], tonumber(ARGV[9]), ARGV[10]
local returning, announced = ARGV[11] == '1', ARGV[12] == '1'
local known, limit, left, age = tonumber(ARGV[13]), tonumber(ARGV[14]), tonumber(ARGV[15]), tonumber(ARGV[16])
local asked, ttl = tonumber(ARGV[17]), tonumber(ARGV[18])

local names = {
  'epoch', 'version', 'time', 'in_flight', 'recent', 'learning_until', 'resumed_at', 'cold', 'limit', 'rise_at', 'rise_to',
  'aimd_base', 'aimd_step', 'aimd_since', 'breaker', 'until', 'refusals', 'probe', 'event', 'permits_before', 'accepted',
  'in_flight_limit', 'answers', 'sole_user', 'given', 'remaining_allowance', 'observed_at', 'second', 'peak', 'peak_before',
  'most_served',
}
local s, stored = {}, {}
for i, value in ipairs(call('HMGET', STATE, unpack(names))) do
  local name = names[i]
  if value then s[name] = (name == 'epoch' or name == 'probe') and value or tonumber(value) end
  stored[name] = s[name]
end
local function or_zero(name) s[name] = s[name] or 0 end
for _, name in ipairs({ 'version', 'in_flight', 'recent', 'learning_until', 'event', 'permits_before', 'accepted', 'answers', 'given',
  'observed_at', 'second', 'peak', 'peak_before', 'most_served' }) do or_zero(name) end
local function busy() return call('ZCARD', IN_FLIGHT) + call('ZCARD', RECENT) end
local function free_allowance(n) if s.remaining_allowance then s.remaining_allowance = s.remaining_allowance + n end end

-- The time. The last argument is for tests.
local now = tonumber(ARGV[19])
if not now then
  local time = call('TIME')
  now = time[1] * SECOND + time[2]
end
local was_busy = s.in_flight + s.recent
local had_epoch = s.epoch
local jumped = s.epoch and now < (s.time or 0) - BACKWARDS
if jumped then
  call('DEL', IN_FLIGHT, RECENT, REPLICAS, DUE, SERVED)
  s = { version = s.version, event = s.event, time = now }
  for _, name in ipairs({ 'in_flight', 'recent', 'learning_until', 'permits_before', 'accepted', 'answers', 'given', 'observed_at',
    'second', 'peak', 'peak_before', 'most_served' }) do or_zero(name) end
end
local silence = now - (s.time or 0)
now = max(now, s.time or 0)
s.time = now
local lost = not s.epoch or s.in_flight ~= call('ZCARD', IN_FLIGHT) or s.recent ~= call('ZCARD', RECENT)
  or (s.epoch == epoch and s.version < version)
if silence > BACKWARDS then s.resumed_at = now end
if lost or (returning and s.resumed_at and now < s.resumed_at + LEARNING) then
  s.resumed_at = nil
  s.cold = (not s.epoch and epoch == '' and not returning and not jumped) and 1 or nil
  s.epoch, s.learning_until, s.limit = nonce, now + LEARNING, s.limit or known
  if not s.limit then
    s.in_flight_limit = announced and ALWAYS or nil
    s.answers, s.sole_user, s.given = 0, 1, 0
  end
end
if epoch ~= '' and epoch ~= s.epoch and now < s.learning_until then s.cold = nil end
s.version = max(s.version, version) + 1

free_allowance(call('ZREMRANGEBYSCORE', IN_FLIGHT, '-inf', now) + call('ZREMRANGEBYSCORE', RECENT, '-inf', now))

-- Reports: number, age, event and outcome (accepted, refused, x: unknown, unused, in flight).
local answers, refused, refused_late, accepted_late, probe = 0, false, false, 0, nil
for i = 20, #ARGV, 4 do
  local number, age, event, outcome = ARGV[i], tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), ARGV[i + 3]
  local name = me .. ':' .. number
  local lease_end = tonumber(call('ZSCORE', IN_FLIGHT, name) or nil)
  call('ZREM', IN_FLIGHT, name)
  local is_probe = s.breaker == 2 and s.probe == name
  if outcome == 'f' then
    local till = now + lease - age
    if till > now then call('ZADD', IN_FLIGHT, till, name) end
  else
    if outcome == 'u' then
      local from = lease_end and lease_end - lease
      if from and from > now then
        call('ZADD', RECENT, from, 'x' .. name)
      elseif from then
        free_allowance(1)
      end
    else
      local free = now - age + window + 1
      if free > now then call('ZADD', RECENT, free, outcome .. name) end
    end
    if outcome == 'r' then
      if is_probe or event >= s.event then refused = true else refused_late = true end
    elseif outcome == 'a' and event < s.event then
      accepted_late = accepted_late + 1
    end
    if outcome == 'a' or outcome == 'r' then answers = answers + 1 end
    if outcome == 'a' and s.answers >= FIRST_ANSWERS and s.in_flight_limit then
      s.in_flight_limit = s.in_flight_limit + 1
    end
    if is_probe then probe = outcome end
  end
end

-- The limit.
local knew = s.limit
if limit and limit >= 1 and limit <= MAX_LIMIT then
  if s.limit and s.limit < limit then
    if s.rise_at then s.rise_to = min(s.rise_to, limit) else s.rise_at, s.rise_to = now + window, limit end
  else
    s.limit, s.rise_at, s.rise_to = limit, nil, nil
  end
end
if s.rise_at and s.rise_at <= now then s.limit, s.rise_at, s.rise_to = s.rise_to, nil, nil end
local function aimd() return s.aimd_base and floor(s.aimd_base + s.aimd_step * floor((now - s.aimd_since) / window)) end
local function permits()
  local own = aimd()
  return (s.limit and own) and min(s.limit, own) or s.limit or own
end

-- What is left.
if not (s.limit and left and age and age <= FRESH and left >= 0 and left <= s.limit and now - age > s.observed_at) then
  left = nil
else
  s.observed_at = now - age
  local foreign = s.limit - left > max(busy(), was_busy, s.peak, s.peak_before)
  s.remaining_allowance = foreign and floor(max(0, left - call('ZCARD', IN_FLIGHT)) / 2) or nil
  if foreign and not s.breaker and s.aimd_base and left < 2 * s.aimd_step then
    s.aimd_base, s.aimd_since = aimd(), now
  end
end

-- The first answers.
local few = s.answers < FIRST_ANSWERS and answers > 0
if few then
  if not (left and left + s.given >= s.limit) then s.sole_user = nil end
  s.answers = min(s.answers + answers, FIRST_ANSWERS)
end
if s.answers == FIRST_ANSWERS and (few or not knew) and s.limit and s.in_flight_limit then
  s.in_flight_limit = not s.sole_user and max(s.in_flight_limit, floor(s.limit / AT_FIRST)) or nil
end

-- The circuit breaker: closed (nothing), open (1) or half open (2).
if asked then asked = min(asked, LONGEST_PAUSE) end
local function open(refusals)
  local least = floor(window / PAUSES) * 2 ^ refusals
  local oldest = call('ZRANGE', RECENT, 0, 0, 'WITHSCORES')[2]
  s['until'] = now + max(least, asked or (oldest and oldest - now) or least)
  s.breaker, s.refusals, s.probe = 1, refusals, nil
end
local function fall()
  if s.accepted == 0 or (not s.cold and now < s.learning_until) then return end
  local least = max(s.permits_before / 3, 1)
  s.aimd_base = floor(max(s.accepted * 0.9, least))
  s.aimd_step, s.aimd_since = max((s.limit or s.accepted) * 0.05, 1), now
end
if s.breaker == 2 and probe == 'r' then
  open(min(s.refusals + 1, 3))
elseif refused then
  s.event, s.permits_before, s.accepted = s.event + 1, permits() or 0, 0
  for _, name in ipairs(call('ZRANGE', RECENT, 0, -1)) do
    if string.sub(name, 1, 1) == 'a' then s.accepted = s.accepted + 1 end
  end
  fall()
  open(0)
elseif s.breaker == 2 and probe == 'a' then
  s.breaker, s['until'], s.refusals, s.probe = nil, nil, nil, nil
  s.in_flight_limit, s.answers = ALWAYS, FIRST_ANSWERS
  if s.aimd_since then s.aimd_since = now end
elseif s.breaker == 2 and (probe or s['until'] <= now) then
  s.breaker, s['until'], s.probe = 1, now, nil
elseif s.breaker == 1 and refused_late then
  s['until'] = max(s['until'], asked and now + asked or s['until'])
end
if accepted_late > 0 and s.breaker and not refused then
  s.accepted = s.accepted + accepted_late
  fall()
end

-- How many may go.
local allowed = permits()
local learning = not s.cold and now < s.learning_until
if s.in_flight_limit and allowed and allowed <= s.in_flight_limit then s.in_flight_limit = nil end
local wanted = max(0, want)
want = wanted
local in_flight = call('ZCARD', IN_FLIGHT)
local free = allowed and allowed - busy() or want
local over = max(0, -free)
local answers_decide = s.in_flight_limit or s.remaining_allowance
if s.in_flight_limit then free = min(free, s.in_flight_limit - in_flight) end
if s.remaining_allowance then free = min(free, max(s.remaining_allowance, ALWAYS - in_flight)) end
local closed_for = s.breaker == 1 and max(0, s['until'] - now) or s.breaker == 2 and 0 or nil
local probes = s.breaker == 1 and s['until'] <= now
if probes then
  free, want = min(free, 1), min(want, 1)
elseif closed_for or learning then
  free = 0
end
free = max(0, free)

-- The line: how many permits each other process that waits takes before this one has its first.
call('ZADD', REPLICAS, now + GONE, me)
for _, gone in ipairs(call('ZRANGEBYSCORE', REPLICAS, '-inf', now)) do
  call('ZREM', REPLICAS, gone)
  call('ZREM', SERVED, gone)
end
call('ZREMRANGEBYSCORE', DUE, '-inf', now)
local waits, waiting, served, others, least = call('ZSCORE', DUE, me), call('ZRANGE', DUE, 0, MOST_COMPARED - 1), {}, 0, nil
if #waiting > 0 then served = call('ZMSCORE', SERVED, unpack(waiting)) end
for i, name in ipairs(waiting) do
  served[i] = tonumber(served[i] or s.most_served)
  if name ~= me then
    others, least = others + 1, min(least or served[i], served[i])
  end
end
least = least or s.most_served
local mine = tonumber(call('ZSCORE', SERVED, me) or least)
if not waits then mine = max(mine, least - floor((allowed or 0) / call('ZCARD', REPLICAS))) end
-- The position of its next permit among all, by how much that grows with each, and the others that come in with a later one.
local position, step, later = 0, 1, {}
for i, name in ipairs(waiting) do
  if name ~= me then
    local lead = mine - served[i] + (name < me and 1 or 0)
    if lead >= 0 then
      position, step = position + lead, step + 1
    else
      later[-lead] = (later[-lead] or 0) + 1
    end
  end
end

-- What is free, then what will be.
local soon, at = {}, {}
if want > 0 and not closed_for and not learning and allowed and not answers_decide then
  local after = call('ZRANGE', RECENT, over, over + position + others + want, 'WITHSCORES')
  for i = 1, #after, 2 do
    soon[#soon + 1], at[#at + 1] = after[i], tonumber(after[i + 1])
  end
end
local granted = {}
while #granted < want do
  local is_first = #granted == 0 and held == 0
  local name = me .. ':' .. (first + #granted)
  if position < free then
    call('ZADD', IN_FLIGHT, now + lease, name)
    granted[#granted + 1] = 0
    if s.remaining_allowance then s.remaining_allowance = max(0, s.remaining_allowance - 1) end
  else
    local time = at[position - free + 1]
    if not time or (time > now + horizon and not is_first) then break end
    call('ZREM', RECENT, soon[position - free + 1])
    call('ZADD', IN_FLIGHT, time + lease, name)
    granted[#granted + 1] = time - now
  end
  position = position + step
  step = step + (later[#granted] or 0)
end
local got = #granted
s.given = s.given + got
if probes and got > 0 then s.breaker, s['until'], s.probe = 2, now + lease, me .. ':' .. first end

local again = -1
if got < wanted then
  local time = at[position - free + 1]
  if learning then
    again = s.learning_until - now
  elseif closed_for and closed_for > 0 then
    again = closed_for
  elseif s.answers < FIRST_ANSWERS and s.in_flight_limit then
    again = min(now - (s.learning_until - LEARNING), 5 * MILLI * (others + 1))
  elseif closed_for or answers_decide then
    again = 50 * MILLI * (others + 1)
  elseif time then
    again = time - horizon - now
  else
    again = floor(floor((position - free + 1 - #soon) * window / max(1, allowed or ALWAYS)) / 2)
  end
  local quick = (others == 0 and held == 0) or learning or closed_for or answers_decide
  again = min(max(again, quick and SOON or SOON_WITH_OTHERS), LATE)
  call('ZADD', DUE, now + again + LENIENCY, me)
else
  call('ZREM', DUE, me)
end
s.most_served = max(s.most_served, mine + got)
call('ZADD', SERVED, mine + got, me)

local second = floor(now / SECOND)
if second ~= s.second then
  s.peak_before = second == s.second + 1 and max(s.peak, was_busy) or was_busy
  s.second, s.peak = second, 0
end
s.in_flight, s.recent = call('ZCARD', IN_FLIGHT), call('ZCARD', RECENT)
s.peak = max(s.peak, s.in_flight + s.recent)
local set, unset = {}, {}
for _, name in ipairs(names) do
  if s[name] == nil then
    if stored[name] ~= nil then unset[#unset + 1] = name end
  elseif s[name] ~= stored[name] then
    set[#set + 1], set[#set + 2] = name, s[name]
  end
end
call('HSET', STATE, unpack(set))
if #unset > 0 then call('HDEL', STATE, unpack(unset)) end
for _, key in ipairs(KEYS) do call('PEXPIRE', key, ttl) end
return { s.epoch, s.version, (epoch ~= '' and epoch ~= s.epoch) and 1 or 0, s.limit or -1, allowed or -1, s.in_flight, s.recent,
  call('ZCARD', REPLICAS), others, closed_for or -1, s.event, again, unpack(granted) }
