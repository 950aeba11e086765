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

async function act(path, body) {
  try {
    await ask(path, body);
    find("#message").textContent = "";
  } catch (error) {
    find("#message").textContent = error.message;
  }
}

const time = (milliseconds) => {
  const at = new Date(milliseconds);
  return `${at.toLocaleTimeString("en-GB")}.${String(at.getMilliseconds()).padStart(3, "0")}`;
};
const duration = (milliseconds) =>
  milliseconds >= 1000 ? `${(milliseconds / 1000).toFixed(2)} s` : `${milliseconds.toFixed(milliseconds < 10 ? 1 : 0)} ms`;
const title = (call) => call.operation ?? `${call.method} ${call.path}`;

/** The text and the colour of a call's end. */
function outcome(call) {
  if (call.milliseconds === null) return ["pending", ""];
  if (call.status === null) return ["closed", "bad"];
  if (call.cut_off) return [`${call.status} cut off`, "bad"];
  return [String(call.status), call.status < 400 ? "good" : call.status < 500 ? "warning" : "bad"];
}
const chip = (text, colour = "") => element("span", { class: `chip ${colour}` }, text);

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
    if (this.box.scrollTop > height / 2 && top) {
      const index = items.findIndex((item) => item.key === top.key);
      if (index >= 0) this.box.scrollTop = index * height + offset;
    }
    this.draw();
  },

  height() {
    return parseFloat(getComputedStyle(this.box).getPropertyValue("--row"));
  },

  draw() {
    const height = this.height();
    const first = Math.max(0, Math.floor(this.box.scrollTop / height) - 4);
    const last = Math.min(this.items.length, Math.ceil((this.box.scrollTop + this.box.clientHeight) / height) + 4);
    const wanted = new Set();
    let next = null;
    for (let index = last - 1; index >= first; index--) {
      const item = this.items[index];
      wanted.add(item.key);
      let row = this.live.get(item.key);
      if (!row) {
        row = { element: element("div", { role: "row", class: "row", id: `row-${item.key}` }) };
        this.live.set(item.key, row);
      }
      // In the order in which they are read.
      if (!row.element.isConnected || row.element.nextSibling !== next) this.box.insertBefore(row.element, next);
      next = row.element;
      if (row.item !== item.value) {
        row.item = item.value;
        row.element.replaceChildren(...view.cells(item.value));
      }
      row.element.style.transform = `translateY(${index * height}px)`;
      row.element.setAttribute("aria-rowindex", index + 1);
      row.element.setAttribute("aria-selected", item.key === this.selected);
    }
    for (const [key, row] of this.live) {
      if (wanted.has(key)) continue;
      row.element.remove();
      this.live.delete(key);
    }
    if (wanted.has(this.selected)) this.box.setAttribute("aria-activedescendant", `row-${this.selected}`);
    else this.box.removeAttribute("aria-activedescendant");
  },

  select(key) {
    this.selected = key;
    this.draw();
    if (key === null) closeDetail();
    else view.open(this.items.find((item) => item.key === key));
  },

  move(index) {
    if (!this.items.length) return;
    const bounded = Math.max(0, Math.min(this.items.length - 1, index));
    const [height, view] = [this.height(), this.box.clientHeight];
    const top = bounded * height;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    if (top + height > this.box.scrollTop + view) this.box.scrollTop = top + height - view;
    this.select(this.items[bounded].key);
  },
};

list.box.addEventListener("scroll", () => requestAnimationFrame(() => list.draw()));
new ResizeObserver(() => list.show(list.items)).observe(list.box);
list.box.addEventListener("click", (event) => {
  // By place, as the element under the pointer may be another by now.
  const y = event.clientY - list.box.getBoundingClientRect().top + list.box.scrollTop;
  const item = list.items[Math.floor(y / list.height())];
  if (item) list.select(item.key);
});
list.box.addEventListener("keydown", (event) => {
  const at = list.items.findIndex((item) => item.key === list.selected);
  const page = Math.floor(list.box.clientHeight / list.height());
  const steps = { ArrowDown: at + 1, ArrowUp: Math.max(at, 1) - 1, PageDown: at + page, PageUp: at - page, Home: 0, End: Infinity };
  if (event.key in steps) list.move(steps[event.key]);
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
  let [depth, line] = [0, ""];
  const out = [];
  const next = () => `\n${"  ".repeat(depth)}`;
  const parts = text.match(/"(?:\\.|[^"\\])*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  parts.forEach((part, index) => {
    const after = parts[index + 1];
    if (part === "{" || part === "[") {
      depth += 1;
      line = after === "}" || after === "]" ? part : part + next();
    } else if (part === "}" || part === "]") {
      depth -= 1;
      const before = parts[index - 1];
      line = before === "{" || before === "[" ? part : next() + part;
    } else if (part === ",") line = part + next();
    else if (part === ":") line = ": ";
    else line = after === ":" ? element("span", { class: "name" }, part) : part;
    out.push(line);
  });
  return out;
}

function facts(pairs) {
  const made = element("dl", { class: "facts" });
  for (const [name, value] of pairs) if (value) made.append(element("dt", {}, name), element("dd", {}, value));
  return made;
}

function message(name, content) {
  const made = element("section", {}, element("h3", {}, name));
  made.append(element("details", {}, element("summary", {}, "Headers"), element("pre", {}, content.headers || "none")));
  if (content.body_size > 0) made.append(element("pre", { class: "body" }, ...pretty(content.body)));
  else made.append(element("p", { class: "note" }, "No body"));
  if (content.body_kept < content.body_size) {
    made.append(element("p", { class: "note" }, `The first ${content.body_kept} of ${content.body_size} bytes are kept.`));
  }
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

find("#close").addEventListener("click", () => {
  closeDetail();
  list.box.focus();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || find("#detail").hidden) return;
  closeDetail();
  list.box.focus();
});

// ---------------------------------------------------------------- calls and records

const calls = new Map();

const callView = {
  placeholder: "Filter calls, such as 503 or gatsby",
  columns: { time: "Time", "vendor-name": "Vendor", operation: "Operation", status: "Status", latency: "Latency", "fault-name": "Fault", attempt: "Attempt" },

  cells(call) {
    const attempt = call.attempt === null ? "" : call.attempt > 1 ? chip(`attempt ${call.attempt}`, "warning") : "1";
    const contents = {
      time: time(call.at),
      "vendor-name": names[call.vendor] ?? "–",
      operation: title(call),
      status: chip(...outcome(call)),
      latency: call.milliseconds === null ? "" : duration(call.milliseconds),
      "fault-name": call.fault ? chip(call.fault, "bad") : "",
      attempt,
    };
    return Object.entries(contents).map(([name, content]) => element("span", { role: "gridcell", class: name }, content));
  },

  async refresh() {
    const words = find("#search").value.toLowerCase().split(/\s+/).filter(Boolean);
    const shown = [...calls.values()].reverse().filter((call) => {
      const text = `${call.vendor} ${title(call)} ${call.method} ${outcome(call)[0]} ${call.fault ?? ""}`.toLowerCase();
      return words.every((word) => text.includes(word));
    });
    list.show(shown.map((call) => ({ key: call.id, value: call })));
    find("#found").textContent = words.length ? `${shown.length} of ${calls.size}` : "";
    find("#empty").hidden = calls.size > 0;
    const open = calls.get(list.selected);
    if (list.selected !== null && open !== this.opened) open ? this.open({ key: open.id, value: open }) : closeDetail();
  },

  async open({ key, value }) {
    this.opened = value;
    let call;
    try {
      call = await ask(`/ui/calls/${key}`);
    } catch {
      return;
    }
    if (list.selected !== key || view !== this) return;
    const request = message("Request", call.request);
    const pairs = [
      ["Status", chip(...outcome(call))],
      ["Sent", `${call.method} ${call.target}`],
      ["Vendor", names[call.vendor] ?? "none: the sandbox does not serve this address"],
      ["Time", time(call.at)],
      ["Latency", call.milliseconds === null ? "" : duration(call.milliseconds)],
      ["Fault", call.fault && chip(call.fault, "bad")],
      ["Attempt", call.attempt && `${call.attempt}${call.attempt > 1 ? ", after a call with the same content that did not succeed" : ""}`],
    ];
    const response = call.response ? message("Response", call.response)
      : element("p", { class: "note" }, call.milliseconds === null ? "No response yet" : "The connection was closed without a response");
    openDetail(title(value), facts(pairs), request, response);
  },
};

const recordView = (collection) => ({
  placeholder: `Search ${collection.name}`,
  columns: { id: "Id", text: "Content" },
  records: new Map(),

  cells: (record) => [
    element("span", { role: "gridcell", class: "operation" }, record.title),
    element("span", { role: "gridcell", class: "text" }, record.text),
  ],

  async refresh() {
    if (this.searching) return;
    this.searching = true;
    const text = find("#search").value;
    try {
      const found = await ask("/ui/search", { ...collection, text });
      if (view !== this) return;
      const shown = found.records.map((record, index) => {
        const [key, content] = [String(record.id ?? record._id ?? index), JSON.stringify(record)];
        const known = this.records.get(key);
        const value = known?.text === content ? known : { title: key, text: content };
        this.records.set(key, value);
        return { key, value };
      });
      list.show(shown);
      const first = found.matched > shown.length ? `the newest ${shown.length} of ` : "";
      find("#found").textContent = text || first ? `${first}${found.matched} found` : "";
      find("#empty").hidden = true;
    } finally {
      this.searching = false;
    }
    if (text !== find("#search").value && view === this) this.refresh();
  },

  open({ value }) {
    openDetail(`${names[collection.vendor]} ${value.title}`, element("pre", { class: "body" }, ...pretty(value.text)));
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
  find("#search").value = tab.text;
  find("#search").placeholder = view.placeholder;
  find("#search").setAttribute("aria-label", view.placeholder);
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

function addPanel(name, about) {
  const root = find("#vendor").content.cloneNode(true).firstElementChild;
  find("h2", root).textContent = names[name];
  const panel = { root, seconds: new Map(), forms: { fault: find(".fault", root), behaviour: find(".behaviour", root) } };
  panels[name] = panel;
  const { fault, behaviour } = panel.forms;
  for (const { name: option } of about.faults) fault.elements.fault.append(element("option", {}, option));
  const chosen = () => about.faults.find((it) => it.name === fault.elements.fault.value);
  const note = () => {
    find(".note", fault).textContent = `The call is ${chosen().carried_out ? "" : "not "}carried out.${panel.waiting ?? ""}`;
  };
  const choose = () => {
    const { label, value } = chosen();
    find(".value", fault).classList.toggle("hidden", label === null);
    find(".value span", fault).textContent = label;
    fault.elements.value.value = value ?? "";
    note();
  };
  panel.note = note;
  fault.elements.fault.value = "service_unavailable";
  choose();
  fault.elements.fault.addEventListener("change", choose);
  fault.addEventListener("submit", (event) => {
    event.preventDefault();
    const value = chosen().label === null ? "" : fault.elements.value.value.trim();
    act("/ui/fault", { vendor: name, fault: value ? `${chosen().name}:${value}` : chosen().name });
  });
  behaviour.addEventListener("submit", (event) => {
    event.preventDefault();
    const number = (field) => Number(behaviour.elements[field].value);
    panel.settings = null;
    act("/ui/behaviour", {
      vendor: name,
      limit: behaviour.elements.limit.value === "" ? null : number("limit"),
      window_ms: number("window") * 1000,
      kind: behaviour.elements.kind.value,
      latency_ms: number("latency"),
      jitter_ms: number("jitter"),
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
    const fields = panel.forms.behaviour.elements;
    fields.limit.value = quota?.limit ?? "";
    if (quota) [fields.window.value, fields.kind.value] = [quota.window_ms / 1000, quota.kind];
    [fields.latency.value, fields.jitter.value] = [state.latency_ms, state.jitter_ms];
  }
  drawCurve(panel, state);
}

function drawCurve(panel, { second, quota }) {
  const HEIGHT = 64;
  let most = quota?.limit ?? 1;
  for (const [accepted, throttled, used, limit] of panel.seconds.values()) most = Math.max(most, accepted + throttled, used, limit ?? 0);
  const y = (count) => (HEIGHT - (count / (most * 1.08)) * HEIGHT).toFixed(1);
  const paths = { accepted: "", throttled: "", used: "", limit: "" };
  let [inWindow, until] = [0, -Infinity];
  const start = second - SECONDS + 1;
  for (let x = 0; x < SECONDS; x++) {
    const [accepted = 0, throttled = 0, used = 0, limit = null] = panel.seconds.get(start + x) ?? [];
    if (accepted) paths.accepted += `M${x} ${HEIGHT}V${y(accepted)}h1V${HEIGHT}z`;
    if (throttled) paths.throttled += `M${x} ${y(accepted)}V${y(accepted + throttled)}h1V${y(accepted)}z`;
    if (!quota) continue;
    if (limit !== null) [inWindow, until] = [used, start + x + quota.window_ms / 1000];
    else if (start + x >= until) inWindow = 0;
    paths.used += `${paths.used ? "V" : `M${x} `}${y(inWindow)}h1`;
  }
  if (quota) paths.limit = `M0 ${y(quota.limit)}H${SECONDS}`;
  for (const [name, path] of Object.entries(paths)) {
    find(`svg .${name}`, panel.root).setAttribute("d", path);
    if (!quota && (name === "used" || name === "limit")) find(`.mark.${name}`, panel.root).classList.add("hidden");
    else find(`.mark.${name}`, panel.root).classList.remove("hidden");
  }
  const state = quota
    ? `${quota.limit - quota.remaining} of ${quota.limit} in ${quota.window_ms / 1000} s`
    : "no quota";
  find(".top", panel.root).textContent = state;
  find("svg", panel.root).setAttribute("aria-label", `Calls in the last five minutes, at most ${most} in a second or window; ${state}`);
}

// ---------------------------------------------------------------- live

let [cleared, callCount] = [0, -1];

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
  for (const { vendor, name, count } of collections) {
    const key = `${vendor}-${name}`;
    if (!tabs.has(key)) addTab(key, `${names[vendor]} ${name}`, recordView({ vendor, name }));
    tabs.get(key).count.textContent = count.toLocaleString("en");
  }
  const total = Object.values(vendors).reduce((sum, vendor) => sum + vendor.calls, 0);
  tabs.get("calls").count.textContent = calls.size.toLocaleString("en");
  if (view === callView ? news.changed.length || !total : total !== callCount) view.refresh();
  callCount = total;
}

let doubt;
const calm = (button) => {
  clearTimeout(doubt);
  button.classList.remove("sure");
  button.textContent = "Reset";
};
find("#reset").addEventListener("click", ({ target }) => {
  if (target.classList.contains("sure")) {
    calm(target);
    act("/ui/reset", {});
  } else {
    target.classList.add("sure");
    target.textContent = "Delete everything?";
    doubt = setTimeout(calm, 4000, target);
  }
});

const narrow = matchMedia("(width < 900px)");
const fold = () => { find("#vendors").open = !narrow.matches; };
narrow.addEventListener("change", fold);
fold();

const about = await ask("/ui/about");
find("#url").textContent = about.url;
find("#empty").append(find("#welcome").content.cloneNode(true));
const [variables, example] = document.querySelectorAll("#empty pre");
variables.textContent = `export BSPK_BASE_URL=${about.url} BSPK_API_KEY=${about.bspk_key}\nexport GATSBY_BASE_URL=${about.url} GATSBY_API_KEY=${about.gatsby_key}`;
example.textContent = `curl ${about.url}/api/platform/v1/shoppers \\\n  -H "authorization: Bearer ${about.bspk_key}" -H "content-type: application/json" \\\n  -d '{"shopper": {"shopper_ref": "CLI-789", "first_name": "John"}}'`;
for (const name of Object.keys(names)) addPanel(name, about);
addTab("calls", "Calls", callView);
chooseTab("calls");

const events = new EventSource(`/ui/events?token=${token}`);
const connected = (text, colour) => {
  find("#connection").textContent = text;
  find("#connection").className = `chip ${colour}`;
};
events.onopen = () => connected("live", "good");
events.onerror = () => connected("disconnected: is the sandbox running?", "bad");
events.onmessage = ({ data }) => update(JSON.parse(data));
