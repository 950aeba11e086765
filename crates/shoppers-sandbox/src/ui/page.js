// The page of the sandbox. Texts of calls reach the document as text alone, never as markup.

const token = new URLSearchParams(location.search).get("token") ?? "";
const find = (selector, root = document) => root.querySelector(selector);
const names = { bspk: "BSPK", gatsby: "Gatsby" };

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/** Asks the sandbox: a GET, or a POST if there is a body, which keeps data out of URLs. */
async function ask(path, body) {
  const options = body && { method: "POST", body: JSON.stringify(body) };
  const response = await fetch(`${path}?token=${token}`, options);
  const text = await response.text();
  if (!response.ok) throw new Error(text || `${response.status} ${response.statusText}`);
  return text && JSON.parse(text);
}

const act = (path, body) => ask(path, body).then(() => "", (error) => error.message)
  .then((text) => { find("#message").textContent = text; });

const about = await ask("/ui/about");

const time = (milliseconds) =>
  `${new Date(milliseconds).toLocaleTimeString("en-GB")}.${String(milliseconds % 1000).padStart(3, "0")}`;
const duration = (milliseconds) =>
  milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
const chip = (text, colour = "") => element("span", { class: `chip ${colour}` }, text);

/** The name of a call's operation, and its method and path; the latter alone for an address of no operation. */
const title = (call) => call.operation ? [about.operations[call.operation], call.operation] : [`${call.method} ${call.path}`];

/** The text and the colour of a call's end. */
function outcome(call) {
  if (call.milliseconds === null) return ["pending", ""];
  if (call.status === null) return ["closed", "bad"];
  if (call.cut_off) return [`${call.status} cut off`, "bad"];
  return [String(call.status), call.status < 400 ? "good" : call.status < 500 ? "warning" : "bad"];
}

// ---------------------------------------------------------------- the list

/** A list that has elements for the visible rows alone. */
const list = {
  box: find("#rows"),
  items: [],
  live: new Map(),
  selected: null,

  show(items) {
    const height = this.height();
    const top = this.items[Math.floor(this.box.scrollTop / height)];
    const offset = this.box.scrollTop % height;
    this.items = items;
    find("#space").style.height = `${items.length * height}px`;
    this.box.setAttribute("aria-rowcount", items.length);
    // At its top the list follows new rows; elsewhere the rows in view stay where they are.
    const index = this.box.scrollTop > height / 2 && top ? items.findIndex((item) => item.key === top.key) : -1;
    if (index >= 0) this.box.scrollTop = index * height + offset;
    this.draw();
  },

  height() {
    return parseFloat(getComputedStyle(this.box).getPropertyValue("--row"));
  },

  draw() {
    const height = this.height();
    const first = Math.max(0, Math.floor(this.box.scrollTop / height) - 4);
    const shown = this.items.slice(first, Math.ceil((this.box.scrollTop + this.box.clientHeight) / height) + 4);
    const wanted = new Set(shown.map((item) => item.key));
    for (const [key, row] of this.live) {
      if (wanted.has(key)) continue;
      row.element.remove();
      this.live.delete(key);
    }
    let before = find("#space");
    shown.forEach(({ key, value }, index) => {
      const row = this.live.get(key) ?? { element: element("div", { role: "row", class: "row", id: `row-${key}` }) };
      this.live.set(key, row);
      // In the order in which they are read.
      if (before.nextSibling !== row.element) before.after(row.element);
      before = row.element;
      if (row.value !== value) row.element.replaceChildren(...view.cells(value));
      row.value = value;
      row.element.style.transform = `translateY(${(first + index) * height}px)`;
      row.element.setAttribute("aria-rowindex", first + index + 1);
      row.element.setAttribute("aria-selected", key === this.selected);
    });
    if (wanted.has(this.selected)) this.box.setAttribute("aria-activedescendant", `row-${this.selected}`);
    else this.box.removeAttribute("aria-activedescendant");
  },

  /** Selects the row at a place, scrolls it into view, and opens it. */
  select(index) {
    if (!this.items.length) return;
    const item = this.items[Math.max(0, Math.min(this.items.length - 1, index))];
    const [height, top] = [this.height(), this.items.indexOf(item) * this.height()];
    this.box.scrollTop = Math.min(top, Math.max(this.box.scrollTop, top + height - this.box.clientHeight));
    this.selected = item.key;
    this.draw();
    view.open(item);
  },
};

list.box.addEventListener("scroll", () => requestAnimationFrame(() => list.draw()));
new ResizeObserver(() => list.show(list.items)).observe(list.box);
list.box.addEventListener("click", (event) => {
  // By place, as the element under the pointer may be another by now.
  const y = event.clientY - list.box.getBoundingClientRect().top + list.box.scrollTop;
  const index = Math.floor(y / list.height());
  if (index < list.items.length) list.select(index);
});
list.box.addEventListener("keydown", (event) => {
  const at = list.items.findIndex((item) => item.key === list.selected);
  const page = Math.floor(list.box.clientHeight / list.height());
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: Infinity };
  if (event.key in steps) list.select(steps[event.key]);
  else if (event.key === "Enter") find("#detail").focus();
  else return;
  event.preventDefault();
});

// ---------------------------------------------------------------- the details

/** Adds line breaks and spaces to JSON, and changes nothing else: numbers keep all their digits. */
function pretty(text) {
  try {
    JSON.parse(text);
  } catch {
    return [text];
  }
  let depth = 0;
  const indented = (step) => `\n${"  ".repeat((depth += step))}`;
  const parts = text.match(/[[{]\s*[\]}]|"(?:\\.|[^"\\])*"(?:\s*:)?|[{}[\],]|[^\s{}[\],:"]+/g) ?? [];
  return parts.map((part) => {
    if (/^[[{]$/.test(part)) return part + indented(1);
    if (/^[\]}]$/.test(part)) return indented(-1) + part;
    if (part === ",") return part + indented(0);
    return part.endsWith(":") ? element("span", { class: "name" }, part, " ") : part;
  });
}

const body = (text) => element("pre", { class: "body" }, ...pretty(text));
const note = (text) => element("p", { class: "note" }, text);

function facts(pairs) {
  const made = element("dl", { class: "facts" });
  for (const [name, value] of pairs) if (value) made.append(element("dt", {}, name), element("dd", {}, value));
  return made;
}

function message(name, { headers, ...content }) {
  const lines = element("details", {}, element("summary", {}, "Headers"), element("pre", {}, headers || "none"));
  const made = element("section", {}, element("h3", {}, name), lines, content.body_size ? body(content.body) : note("No body"));
  if (content.body_kept < content.body_size) made.append(note(`The first ${content.body_kept} of ${content.body_size} bytes are kept.`));
  return made;
}

function openDetail(name, ...content) {
  find("#detail h2").textContent = name;
  find("#facts").replaceChildren(...content);
  find("#detail").hidden = false;
  list.draw();
}

function closeDetail() {
  list.selected = null;
  find("#detail").hidden = true;
  list.draw();
}

function leaveDetail() {
  if (find("#detail").hidden) return;
  closeDetail();
  list.box.focus();
}
find("#close").addEventListener("click", leaveDetail);
document.addEventListener("keydown", (event) => { if (event.key === "Escape") leaveDetail(); });

// ---------------------------------------------------------------- calls and records

const calls = new Map();
const label = (name) => name.replaceAll("_", " ");
const cell = (name, ...content) => element("span", { role: "gridcell", class: name }, ...content);

const callView = {
  placeholder: "Filter calls, such as 503 or gatsby",
  columns: { time: "Time", "vendor-name": "Vendor", operation: "Operation", status: "Status", latency: "Latency", "fault-name": "Fault", attempt: "Attempt" },

  cells(call) {
    const [name, path] = title(call);
    return [
      cell("time", time(call.at)),
      cell("vendor-name", names[call.vendor] ?? "–"),
      cell("operation", name, ...(path ? [" ", element("span", { class: "path" }, path)] : [])),
      cell("status", chip(...outcome(call))),
      cell("latency", call.milliseconds === null ? "" : duration(call.milliseconds)),
      cell("fault-name", call.fault ? chip(call.fault, "bad") : ""),
      cell("attempt", call.attempt > 1 ? chip(`attempt ${call.attempt}`, "warning") : call.attempt ?? ""),
    ];
  },

  async refresh() {
    const words = find("#search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = [...calls.values()].reverse().filter((call) => {
      if (!words.length) return true;
      const text = [call.vendor, ...title(call), outcome(call)[0], call.fault].join(" ").toLowerCase();
      return words.every((word) => text.includes(word));
    });
    list.show(shown.map((call) => ({ key: call.id, value: call })));
    find("#found").textContent = words.length ? `${shown.length} of ${calls.size}` : "";
    find("#empty").hidden = calls.size > 0;
    const open = calls.get(list.selected);
    if (list.selected !== null && !open) closeDetail();
    else if (open && open !== this.opened) this.open({ key: open.id, value: open });
  },

  async open({ key, value }) {
    this.opened = value;
    const call = await ask(`/ui/calls/${key}`).catch(() => null);
    if (!call || list.selected !== key || view !== this) return;
    const again = call.attempt > 1 ? ", after a call with the same content that did not succeed" : "";
    const pairs = [
      ["Status", chip(...outcome(call))],
      ["Sent", `${call.method} ${call.target}`],
      ["Vendor", names[call.vendor] ?? "none: the sandbox does not serve this address"],
      ["Time", time(call.at)],
      ["Latency", call.milliseconds === null ? "" : duration(call.milliseconds)],
      ["Fault", call.fault && chip(call.fault, "bad")],
      ["Attempt", call.attempt && call.attempt + again],
    ];
    const missing = call.milliseconds === null ? "No response yet" : "The connection was closed without a response";
    openDetail(title(value)[0], facts(pairs), message("Request", call.request),
      call.response ? message("Response", call.response) : note(missing));
  },
};

const stateColours = { delivered: "good", waiting: "warning", refused: "bad", given_up: "bad" };

const LAST = ["id", "_id", "created_at", "updated_at", "attempts"];

/** A record in one line: what says most comes first, and what is null is left out. */
function summary(record) {
  const members = Object.entries(record).filter(([, value]) => value !== null);
  const isLast = ([name]) => LAST.includes(name);
  return JSON.stringify(Object.fromEntries([...members.filter((it) => !isLast(it)), ...members.filter(isLast)]));
}

const recordView = ({ vendor, name }) => ({
  placeholder: `Search ${label(name)}`,
  columns: { id: "Record", text: "Content" },
  records: new Map(),
  isLive: name === "deliveries",

  cells: ({ title, summary, state }) =>
    [cell("operation", title), cell("text", ...(state ? [chip(label(state), stateColours[state]), " "] : []), summary)],

  async refresh() {
    if (this.searching) return;
    this.searching = true;
    const text = find("#search").value;
    try {
      const found = await ask("/ui/search", { vendor, name, text });
      if (view !== this) return;
      const before = this.records;
      this.records = new Map(found.records.map((record, index) => {
        const [key, content] = [String(record.id ?? record._id ?? index), JSON.stringify(record)];
        const [known, title] = [before.get(key), record.shopper_ref ?? record.key ?? record.event_name ?? record.target_url ?? key];
        return [key, known?.text === content ? known : { title, text: content, summary: summary(record), state: record.state }];
      }));
      list.show([...this.records].map(([key, value]) => ({ key, value })));
      const open = this.records.get(list.selected);
      if (open && open !== this.opened) this.open({ key: list.selected, value: open });
      const first = found.matched > list.items.length ? `the newest ${list.items.length} of ` : "";
      find("#found").textContent = text || first ? `${first}${found.matched} found` : "";
      find("#empty").hidden = true;
    } finally {
      this.searching = false;
    }
    if (text !== find("#search").value && view === this) this.refresh();
  },

  open({ key, value }) {
    this.opened = value;
    const again = element("button", { type: "button", id: "again" }, "Deliver again");
    again.addEventListener("click", () => act("/ui/deliver_again", { id: Number(key) }));
    openDetail(`${names[vendor]} ${value.title}`, ...(name === "deliveries" ? [again] : []), body(value.text));
  },
});

// ---------------------------------------------------------------- tabs

const tabs = new Map();
let view = callView;

function addTab(key, name, shown) {
  const [count, button] = [element("span"), element("button", { type: "button", role: "tab", id: `tab-${key}`, "aria-controls": "list" }, name)];
  button.append(count);
  button.addEventListener("click", () => chooseTab(key));
  find("#tabs").append(button);
  tabs.set(key, { button, count, view: shown, text: "" });
}

function chooseTab(key) {
  for (const [name, tab] of tabs) {
    if (tab.view === view) tab.text = find("#search").value;
    tab.button.setAttribute("aria-selected", name === key);
    tab.button.tabIndex = name === key ? 0 : -1;
  }
  const tab = tabs.get(key);
  view = tab.view;
  const search = find("#search");
  search.value = tab.text;
  search.placeholder = search.ariaLabel = view.placeholder;
  find("#list").className = view === callView ? "calls" : "records";
  find("#list").setAttribute("aria-labelledby", `tab-${key}`);
  find("#head").replaceChildren(...Object.entries(view.columns).map(([name, text]) => element("span", { class: name }, text)));
  list.box.scrollTop = 0;
  closeDetail();
  list.show([]);
  view.refresh();
}

find("#tabs").addEventListener("keydown", (event) => {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!step) return;
  const keys = [...tabs.keys()];
  const at = keys.findIndex((key) => tabs.get(key).view === view);
  const key = keys[(at + step + keys.length) % keys.length];
  chooseTab(key);
  tabs.get(key).button.focus();
});
find("#search").addEventListener("input", () => view.refresh());

// ---------------------------------------------------------------- vendors

const SECONDS = 300;
const panels = {};

function addPanel(name) {
  const root = find("#vendor").content.cloneNode(true).firstElementChild;
  find("h2", root).textContent = names[name];
  const [fault, behaviour] = [find(".fault", root), find(".behaviour", root)];
  const panel = { root, seconds: new Map(), fields: behaviour.elements, waiting: "" };
  panels[name] = panel;
  for (const { name: option } of about.faults) fault.elements.fault.append(element("option", {}, option));
  const chosen = () => about.faults.find((it) => it.name === fault.elements.fault.value);
  panel.note = () => {
    find(".note", fault).textContent = `The call is ${chosen().carried_out ? "" : "not "}carried out.${panel.waiting}`;
  };
  const choose = () => {
    const { label, value } = chosen();
    find(".value", fault).classList.toggle("hidden", label === null);
    find(".value span", fault).textContent = label;
    fault.elements.value.value = value ?? "";
    panel.note();
  };
  fault.elements.fault.value = "service_unavailable";
  choose();
  fault.elements.fault.addEventListener("change", choose);
  fault.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = chosen().label && fault.elements.value.value.trim();
    act("/ui/fault", { vendor: name, fault: value ? `${chosen().name}:${value}` : chosen().name });
  });
  behaviour.addEventListener("submit", (event) => {
    event.preventDefault();
    const { limit, window, kind, latency, jitter } = panel.fields;
    panel.settings = null;
    act("/ui/behaviour", {
      vendor: name,
      limit: limit.value === "" ? null : Number(limit.value),
      window_ms: window.value * 1000,
      kind: kind.value,
      latency_ms: Number(latency.value),
      jitter_ms: Number(jitter.value),
    });
  });
  find("#vendors").append(root);
}

function updatePanel(name, state) {
  const panel = panels[name];
  for (const [at, ...counts] of state.seconds) panel.seconds.set(at, counts);
  for (const at of panel.seconds.keys()) if (at <= state.second - SECONDS) panel.seconds.delete(at);
  const quota = state.quota;
  const counts = { calls: state.calls, accepted: state.accepted, "answered 429": state.throttled, faults: state.faults };
  find(".counts", panel.root).replaceChildren(...Object.entries(counts).map(([label, count]) =>
    element("div", {}, element("dt", {}, label), element("dd", {}, count.toLocaleString("en")))));
  panel.waiting = state.next_faults.length ? ` Waiting for a call: ${state.next_faults.join(", ")}.` : "";
  panel.note();

  // What the person is typing stays, until the sandbox has other settings.
  const settings = JSON.stringify([quota?.limit, quota?.window_ms, quota?.kind, state.latency_ms, state.jitter_ms]);
  if (settings !== panel.settings) {
    panel.settings = settings;
    const { limit, window, kind, latency, jitter } = panel.fields;
    limit.value = quota?.limit ?? "";
    if (quota) [window.value, kind.value] = [quota.window_ms / 1000, quota.kind];
    [latency.value, jitter.value] = [state.latency_ms, state.jitter_ms];
  }
  drawCurve(panel, state);
}

function drawCurve({ root, seconds }, { second, quota }) {
  const HEIGHT = 64;
  let [busiest, top] = [0, quota?.limit ?? 1];
  for (const [accepted, throttled, used, limit] of seconds.values()) {
    busiest = Math.max(busiest, accepted + throttled);
    top = Math.max(top, busiest, used, limit ?? 0);
  }
  const y = (count) => (HEIGHT - (count / (top * 1.08)) * HEIGHT).toFixed(1);
  const paths = { accepted: "", throttled: "", used: "", limit: quota ? `M0 ${y(quota.limit)}H${SECONDS}` : "" };
  let [inWindow, until] = [0, -Infinity];
  const start = second - SECONDS + 1;
  for (let x = 0; x < SECONDS; x++) {
    const [accepted = 0, throttled = 0, used = 0, limit = null] = seconds.get(start + x) ?? [];
    if (accepted) paths.accepted += `M${x} ${HEIGHT}V${y(accepted)}h1V${HEIGHT}z`;
    if (throttled) paths.throttled += `M${x} ${y(accepted)}V${y(accepted + throttled)}h1V${y(accepted)}z`;
    if (!quota) continue;
    if (limit !== null) [inWindow, until] = [used, start + x + quota.window_ms / 1000];
    else if (start + x >= until) inWindow = 0;
    paths.used += `${paths.used ? "V" : `M${x} `}${y(inWindow)}h1`;
  }
  for (const [name, path] of Object.entries(paths)) {
    find(`svg .${name}`, root).setAttribute("d", path);
    find(`.mark.${name}`, root).hidden = !quota && (name === "used" || name === "limit");
  }
  find(".mark.limit", root).textContent = `limit ${quota?.limit}`;
  const state = quota ? `${quota.limit - quota.remaining} of ${quota.limit} in ${quota.window_ms / 1000} s` : "no quota";
  find(".top", root).textContent = quota ? state : `no quota, at most ${busiest} a second`;
  find("svg", root).setAttribute("aria-label", `Calls in the last five minutes: at most ${busiest} in a second; ${state}`);
}

// ---------------------------------------------------------------- live

let [cleared, counted] = [0, ""];

function update({ calls: news, vendors, collections }) {
  if (news.cleared !== cleared) {
    cleared = news.cleared;
    calls.clear();
    for (const panel of Object.values(panels)) panel.seconds.clear();
  }
  for (const call of news.changed) calls.set(call.id, call);
  for (const id of calls.keys()) {
    if (id >= news.oldest) break;
    calls.delete(id);
  }
  for (const [name, state] of Object.entries(vendors)) updatePanel(name, state);
  for (const tab of tabs.values()) tab.count.textContent = "0";
  for (const { vendor, name, count } of collections) {
    const key = `${vendor}-${name}`;
    if (!tabs.has(key)) addTab(key, `${names[vendor]} ${label(name)}`, recordView({ vendor, name }));
    tabs.get(key).count.textContent = count.toLocaleString("en");
  }
  tabs.get("calls").count.textContent = calls.size.toLocaleString("en");
  // A delivery goes on without a call.
  const counts = JSON.stringify([cleared, vendors.bspk.calls, vendors.gatsby.calls, collections]);
  if (counts !== counted || (view === callView ? news.changed.length : view.isLive)) view.refresh();
  counted = counts;
}

let doubt;
function setSure(isSure) {
  clearTimeout(doubt);
  find("#reset").classList.toggle("sure", isSure);
  find("#reset").textContent = isSure ? "Delete everything?" : "Reset";
  if (isSure) doubt = setTimeout(setSure, 4000, false);
}
find("#reset").addEventListener("click", ({ target }) => {
  if (target.classList.contains("sure")) act("/ui/reset", {});
  setSure(!target.classList.contains("sure"));
});

const narrow = matchMedia("(width < 900px)");
const fold = () => { find("#vendors").open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

find("#url").textContent = about.url;
find("#empty").append(find("#welcome").content.cloneNode(true));
const [variables, example] = document.querySelectorAll("#empty pre");
variables.textContent = `export BSPK_BASE_URL=${about.url} BSPK_API_KEY=${about.bspk_key}\nexport GATSBY_BASE_URL=${about.url} GATSBY_API_KEY=${about.gatsby_key}`;
example.textContent = `curl ${about.url}/api/platform/v1/shoppers \\\n  -H "authorization: Bearer ${about.bspk_key}" -H "content-type: application/json" \\\n  -d '{"shopper": {"shopper_ref": "CLI-789", "first_name": "John"}}'`;
for (const name of Object.keys(names)) addPanel(name);
addTab("calls", "Calls", callView);
chooseTab("calls");

const events = new EventSource(`/ui/events?token=${token}`);
const connected = (text, colour) => find("#connection").replaceWith(
  element("span", { id: "connection", class: `chip ${colour}`, role: "status" }, text));
events.onopen = () => connected("live", "good");
events.onerror = () => connected("disconnected: is the sandbox running?", "bad");
events.onmessage = ({ data }) => update(JSON.parse(data));
