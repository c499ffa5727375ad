"use strict";
(() => {
const data = JSON.parse(document.getElementById("data").textContent);
const words = data.words;
const root = document.documentElement;
const all = (query, from) => Array.from((from || document).querySelectorAll(query));
const one = (query, from) => (from || document).querySelector(query);
const fill = (text, slots) => text.replace(/\{(\w+)\}/g, (whole, name) => name in slots ? slots[name] : whole);
const say = text => { one("#said").textContent = text; };
const regions = new Map(data.regions.map((of, at) => [of[0], { code: of[0], name: of[1], id: of[2], classes: of[3], at }]));
const byId = new Map(data.regions.map(of => ["region-" + of[2], of[0]]));
const make = (tag, attributes, ...inner) => {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) element.setAttribute(name, value);
  element.append(...inner.filter(of => of !== null && of !== undefined));
  return element;
};
root.classList.add("js");

// What is chosen, as it stands behind the # of the address.
const state = { region: null, methodology: null, league: null, period: null };
const read = () => {
  const text = location.hash.slice(1);
  const found = {};
  if (byId.has(text)) found.region = byId.get(text);
  else if (text.includes("=")) for (const [key, value] of new URLSearchParams(text)) if (key in state) found[key] = value;
  return found;
};
let anchor = "";
const write = () => {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(state)) if (value !== null && value !== usual[key]) parts.set(key, value);
  const text = parts.toString();
  history.replaceState(null, "", text ? "#" + text : location.pathname + location.search);
  for (const link of all(".other a")) link.hash = text;
};

// Methodology, league and period: one view of each kind is open.
const views = all(".view");
const key = (view, name) => view.dataset[name];
const usual = {};
{
  const first = views.find(view => view.open) || views[0];
  for (const name of ["methodology", "league", "period"]) usual[name] = first ? key(first, name) : null;
  usual.region = null;
}
const controls = one("#controls");
const choices = name => [...new Set(views.filter(view =>
  name === "methodology" ? true :
  name === "league" ? view.dataset.methodology === state.methodology :
  view.dataset.methodology === state.methodology && view.dataset.league === state.league).map(view => key(view, name)))];
const label = (name, value) => {
  const of = name === "methodology" ? data.methodologies : name === "league" ? data.leagues : [];
  const found = of.find(one => one[0] === value);
  return found ? found[1] : value;
};
const options = (select, values, chosen) => {
  select.replaceChildren(...values.map(([value, text]) => {
    const option = make("option", { value }, text);
    option.selected = value === chosen;
    return option;
  }));
};
const open = () => {
  for (const name of ["methodology", "league", "period"]) {
    const values = choices(name);
    if (!values.includes(state[name])) {
      // The last period is what a reader expects.
      state[name] = values.includes(usual[name]) ? usual[name] : name === "period" ? values[values.length - 1] : values[0];
    }
    const select = controls.elements[name];
    options(select, values.map(value => [value, label(name, value)]), state[name]);
    const everywhere = new Set(views.map(view => key(view, name)));
    select.parentElement.hidden = everywhere.size < 2;
  }
  for (const view of views) view.open = ["methodology", "league", "period"].every(name => key(view, name) === state[name]);
  for (const of of all("[data-for-league]")) of.hidden = of.dataset.forLeague !== state.league;
  filters();
  narrow();
};
const current = () => views.find(view => view.open);

// The ranking is narrowed down by text, tier and class.
const filter = one("#filter");
const cells = row => Array.from(row.cells);
const column = (table, name) => all("thead tr > *", table).findIndex(head => head.dataset.k === name);
const filters = () => {
  const view = current();
  const table = view && one("table[data-table=ranking]", view);
  if (!table) return;
  const tier = column(table, "tier");
  const tiers = tier < 0 ? [] : [...new Map(all("tbody tr", table).map(row => row.cells[tier]).filter(cell => cell.dataset.tier !== undefined)
    .map(cell => [Number(cell.dataset.tier), cell.textContent]).sort((a, b) => a[0] - b[0])).values()];
  const before = filter.elements.tier.value;
  options(filter.elements.tier, [["", words.all], ...tiers.map(of => [of, of])], tiers.includes(before) ? before : "");
  filter.elements.tier.parentElement.hidden = tiers.length < 2;
};
const narrow = () => {
  const view = current();
  const table = view && one("table[data-table=ranking]", view);
  if (!table) return;
  const text = filter.elements.text.value.trim().toLowerCase();
  const tier = filter.elements.tier.value;
  const [group, name] = filter.elements.group.value ? filter.elements.group.value.split(":").map(Number) : [];
  const tierAt = column(table, "tier");
  let shown = 0;
  const rows = all("tbody tr", table);
  for (const row of rows) {
    const region = regions.get(row.dataset.region);
    const fits = (!text || (region && (region.name.toLowerCase().includes(text) || region.code.toLowerCase().includes(text))))
      && (!tier || row.cells[tierAt].textContent === tier)
      && (group === undefined || (region && region.classes[group] === name));
    row.hidden = !fits;
    if (fits) shown += 1;
  }
  filter.elements.count.value = shown < rows.length ? fill(words.shown, { shown, all: rows.length }) : "";
};

// Tables are ordered by a click on the head of a column.
const figure = text => {
  const plain = text.replace(/[\s,%]/g, "");
  if (plain === "–" || plain === "—") return 0;
  const found = /^([↑↓+−-]?)(\d+(?:\.\d+)?(?:e[+-]?\d+)?)/i.exec(plain);
  if (!found) return null;
  return Number(found[2]) * (found[1] === "↓" || found[1] === "-" || found[1] === "−" ? -1 : 1);
};
const collator = new Intl.Collator(data.language === "zh" ? "zh-CN" : "en", { numeric: true });
const compare = (a, b) => {
  if (a.dataset.tier !== undefined && b.dataset.tier !== undefined) return Number(a.dataset.tier) - Number(b.dataset.tier);
  const [x, y] = [figure(a.textContent), figure(b.textContent)];
  if (x !== null && y !== null) return x - y;
  return collator.compare(a.textContent, b.textContent);
};
const order = (table, head) => {
  const at = Array.from(head.parentElement.children).indexOf(head);
  const was = head.getAttribute("aria-sort");
  // Ranks and texts begin with the least, figures with the greatest.
  const first = head.classList.contains("t") || /rank|tier/.test(head.dataset.k || "") ? "ascending" : "descending";
  const way = was === null ? first : was === "ascending" ? "descending" : "ascending";
  for (const other of all("[aria-sort]", table)) other.removeAttribute("aria-sort");
  head.setAttribute("aria-sort", way);
  const body = table.tBodies[0];
  const sign = way === "ascending" ? 1 : -1;
  const rows = Array.from(body.rows).map((row, place) => ({ row, place, cell: row.cells[at] }));
  const empty = of => of.cell.textContent.trim() === "";
  rows.sort((a, b) => (empty(a) - empty(b)) || sign * compare(a.cell, b.cell) || a.place - b.place);
  body.append(...rows.map(of => of.row));
  say(fill(words.ordered, { column: head.textContent, way: way === "ascending" ? words.up : words.down }));
};
const sortable = table => {
  for (const head of all("thead th", table)) {
    const button = make("button", { type: "button" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => order(table, head));
  }
};

// One region is seen everywhere.
const hot = code => {
  for (const of of all(".hot")) of.classList.remove("hot");
  for (const of of all("svg.faded")) of.classList.remove("faded");
  if (code === null) return;
  for (const of of all(`[data-region="${CSS.escape(code)}"]`)) {
    of.classList.add("hot");
    const svg = of.closest("svg");
    if (svg) svg.classList.add("faded");
  }
};
const regionOf = target => {
  const of = target instanceof Element ? target.closest("[data-region]") : null;
  return of && regions.has(of.dataset.region) ? of.dataset.region : null;
};
let seen = null;
document.addEventListener("pointerover", event => {
  const code = regionOf(event.target);
  if (code !== seen) hot(seen = code);
});
document.addEventListener("focusin", event => { const code = regionOf(event.target); if (code) hot(seen = code); });
document.addEventListener("click", event => {
  const link = event.target instanceof Element ? event.target.closest("a[href^='#region-']") : null;
  const name = event.target instanceof Element ? event.target.closest("table[data-table=ranking] tbody th") : null;
  const code = link ? byId.get(link.getAttribute("href").slice(1)) : name ? regionOf(name) : event.target instanceof Element && event.target.closest("svg") ? regionOf(event.target) : null;
  if (!code) return;
  event.preventDefault();
  choose(code, true);
});

// The profile of a region is put together of what the tables say of it.
const row = (table, code) => table ? one(`tbody tr[data-region="${CSS.escape(code)}"]`, table) : null;
const tableOf = (role, code) => all(`table[data-table="${role}"]`).find(table => row(table, code));
const textAt = (role, code, name) => {
  const table = tableOf(role, code);
  const at = table ? column(table, name) : -1;
  return at < 0 ? null : row(table, code).cells[at];
};
const copy = (table, code) => {
  const rest = table.cloneNode(true);
  rest.classList.remove("sorted");
  for (const button of all("thead button", rest)) button.replaceWith(...button.childNodes);
  for (const of of all("[aria-sort]", rest)) of.removeAttribute("aria-sort");
  for (const of of all("tbody tr", rest)) if (of.dataset.region !== code) of.remove(); else of.hidden = false;
  for (const of of all("[id]", rest)) of.removeAttribute("id");
  for (const of of all(".chosen,.hot", rest)) of.classList.remove("chosen", "hot");
  return rest;
};
const headed = (heads, rows) => {
  // A column with nothing in it says nothing.
  const empty = heads.map((_, k) => rows.every(of => of.cells[k].textContent === ""));
  for (const of of rows) cells(of).forEach((cell, k) => { if (empty[k]) cell.remove(); });
  heads = heads.filter((_, k) => !empty[k]);
  const table = make("table", { class: heads.map(([, isText], k) => isText ? `t${k + 1}` : "").join(" ").replace(/ +/g, " ").trim() });
  table.append(make("thead", {}, make("tr", {}, ...heads.map(([text, isText]) => make("th", isText ? { class: "t" } : {}, text)))));
  table.append(make("tbody", {}, ...rows));
  return make("div", { class: "scroll" }, table);
};
const byMethodologies = code => {
  const rows = [];
  for (const [methodology, name] of data.methodologies) {
    const own = views.filter(view => view.dataset.methodology === methodology && row(one("table[data-table=ranking]", view), code));
    const view = own.find(of => of.dataset.period === state.period) || own[own.length - 1];
    if (!view) continue;
    const table = one("table[data-table=ranking]", view);
    const of = row(table, code);
    const cell = name => { const at = column(table, name); return at < 0 ? "" : of.cells[at].textContent; };
    rows.push(make("tr", {}, make("th", {}, name), make("td", { class: "t" }, view.dataset.period),
      make("td", {}, cell("rank")), make("td", {}, cell("score")), make("td", { class: "t" }, cell("tier"))));
  }
  return rows;
};
const walk = code => {
  const tree = one("table[data-table=tree]");
  const [scores, ranks, values] = ["scores", "ranks", "values"].map(role => tableOf(role, code));
  if (!tree || !scores) return null;
  const at = name => column(tree, name);
  const changes = new Map();
  const changed = one("table[data-table=changed]");
  if (changed) for (const of of all(`tbody tr[data-region="${CSS.escape(code)}"]`, changed)) {
    const cell = name => of.cells[column(changed, name)].textContent;
    changes.set(cell("indicator"), `${cell("before") || "–"} → ${cell("after")} (${cell("method")})`);
  }
  const find = (table, node) => {
    const k = table ? column(table, node) : -1;
    return k < 0 ? "" : row(table, code).cells[k].textContent;
  };
  const rows = all("tbody tr", tree).map(of => {
    const cell = name => at(name) < 0 ? "" : of.cells[at(name)].textContent;
    const node = cell("code");
    const head = of.cells[at("name")];
    return make("tr", {}, make("th", head.className ? { class: head.className } : {}, head.textContent),
      make("td", {}, find(scores, node)), make("td", {}, find(ranks, node)), make("td", {}, cell("weight")), make("td", {}, cell("effective_weight")),
      make("td", { class: "t" }, cell("method")), make("td", {}, find(values, node)), make("td", { class: "t" }, cell("unit")),
      changes.size ? make("td", { class: "t" }, changes.get(node) || "") : null);
  });
  const heads = [[words.indicator, true], [words.score], [words.rank], [words.weight], [words.effective], [words.method, true], [words.value], [words.unit, true]];
  if (changes.size) heads.push([words.changed, true]);
  return headed(heads, rows);
};
// Where a region stands at the upper nodes: between the lowest and the highest score, beside means.
const draw = (tag, attributes, ...inner) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...inner);
  return element;
};
const mean = of => of.reduce((sum, x) => sum + x, 0) / of.length;
const standing = code => {
  const table = tableOf("scores", code);
  const tree = one("table[data-table=tree]");
  if (!table || !tree) return null;
  const at = column(tree, "code");
  const names = all("tbody tr", tree).map(of => {
    const head = of.cells[column(tree, "name")];
    const depth = Number((/i(\d)/.exec(head.className) || [0, 0])[1]);
    return { node: of.cells[at].textContent, name: head.textContent, depth };
  });
  let deepest = 1;
  while (deepest < 9 && names.filter(of => of.depth <= deepest + 1).length <= 24) deepest += 1;
  const region = regions.get(code);
  const group = data.groups.findIndex(([, classes], g) => region.classes[g] !== null && classes.length > 1);
  const kind = group < 0 ? null : region.classes[group];
  const lines = [];
  for (const { node, name, depth } of names.filter(of => of.depth <= deepest)) {
    const k = column(table, node);
    if (k < 0) continue;
    const scores = all("tbody tr", table).map(of => ({ of: regions.get(of.dataset.region), text: of.cells[k].textContent }))
      .map(({ of, text }) => ({ of, text, score: text.trim() === "" ? null : figure(text) })).filter(of => of.score !== null && of.of);
    const own = scores.find(of => of.of.code === code);
    if (!own || scores.length < 2) continue;
    const figures = scores.map(of => of.score);
    const [low, high] = [Math.min(...figures), Math.max(...figures)];
    const place = x => 250 + 400 * (high > low ? (x - low) / (high - low) : 0.5);
    lines.push({ name, depth, text: own.text, x: place(own.score), all: place(mean(figures)),
      kind: kind === null ? null : place(mean(scores.filter(of => of.of.classes[group] === kind).map(of => of.score))) });
  }
  if (!lines.length) return null;
  const high = 24 * lines.length + 34;
  const svg = draw("svg", { class: "q", viewBox: `0 0 730 ${high}`, width: 730, height: high, role: "img", "aria-label":
    `${words.standing}: ${lines.map(of => `${of.name} ${of.text}`).join("; ")}` }, draw("rect", { width: 730, height: high, class: "q-paper" }));
  const short = (text, most) => {
    let room = most, end = 0;
    for (const sign of text) { room -= sign > "\u2e7f" ? 12 : 6.6; if (room < 0) return text.slice(0, end) + "…"; end += sign.length; }
    return text;
  };
  lines.forEach((of, k) => {
    const y = 24 * k + 14;
    svg.append(draw("text", { x: 10 + 12 * of.depth, y: y + 4, class: of.depth ? "q-label q-ink" : "q-strong q-ink" }, short(of.name, 215 - 12 * of.depth)),
      draw("line", { x1: 250, x2: 650, y1: y, y2: y, class: "q-grid" }),
      draw("line", { x1: of.all, x2: of.all, y1: y - 7, y2: y + 7, class: "q-axis" }));
    if (of.kind !== null) svg.append(draw("circle", { cx: of.kind, cy: y, r: 4, class: "q-paper q-axis q-rim" }));
    svg.append(draw("circle", { cx: of.x, cy: y, r: 6, class: "q-accent" }),
      draw("text", { x: 664, y: y + 4, class: "q-label q-ink" }, of.text));
  });
  const y = high - 14;
  let x = 10;
  const key = (mark, text) => {
    svg.append(mark(x + 6), draw("text", { x: x + 18, y: y + 4, class: "q-note q-ink" }, text));
    x += 40 + Array.from(text).reduce((sum, sign) => sum + (sign > "\u2e7f" ? 11 : 6), 0);
  };
  key(x => draw("circle", { cx: x, cy: y, r: 6, class: "q-accent" }), region.name);
  key(x => draw("line", { x1: x, x2: x, y1: y - 7, y2: y + 7, class: "q-axis" }), words.mean_all);
  if (kind !== null) key(x => draw("circle", { cx: x, cy: y, r: 4, class: "q-paper q-axis q-rim" }), fill(words.mean_class, { class: data.groups[group][1][kind] }));
  return make("figure", {}, make("div", { class: "scroll" }, svg));
};
const casesOf = code => all("[data-case]").filter(of => of.dataset.case === "" || of.dataset.case.split(" ").includes(code));
const profile = code => {
  const place = one("#profile");
  if (!place) return;
  const region = code === null ? null : regions.get(code);
  if (!region) {
    place.replaceChildren(make("p", { class: "soft" }, words.choose));
    return;
  }
  const parts = [make("h3", { id: "profile-head", tabindex: "-1" }, region.name, " ", make("span", { class: "soft" }, region.code === region.name ? "" : region.code))];
  const results = byMethodologies(code);
  const facts = make("dl", {});
  for (const about of ["about", "sure"].map(role => tableOf(role, code)).filter(Boolean)) {
    const of = row(about, code);
    all("thead tr > *", about).forEach((head, k) => {
      if (["name", "code"].includes(head.dataset.k) || !of.cells[k].textContent) return;
      facts.append(make("dt", {}, head.textContent), make("dd", {}, of.cells[k].textContent));
    });
  }
  const ranks = tableOf("ranks", code);
  for (const [kind, text] of [["s", words.strengths], ["w", words.weaknesses]]) {
    const own = ranks ? cells(row(ranks, code)).map((cell, k) => cell.classList.contains(kind) ? ranks.tHead.rows[0].cells[k].textContent : null).filter(Boolean) : [];
    if (own.length) facts.append(make("dt", {}, text), make("dd", {}, own.join(data.language === "zh" ? "、" : ", ")));
  }
  parts.push(facts);
  parts.push(make("h4", {}, words.by_methodologies), headed([[words.methodology, true], ["", true], [words.rank], [words.score], [words.tier, true]].map(([text, t]) => [text, t]), results));
  const strip = standing(code);
  if (strip) parts.push(make("h4", {}, words.standing), strip);
  const steps = walk(code);
  if (steps) parts.push(make("h4", {}, words.walk), steps);
  const explained = all("table[data-table=explained]").filter(table => row(table, code));
  if (explained.length) {
    parts.push(make("h4", {}, words.moves));
    for (const table of explained) {
      const of = table.closest("details");
      parts.push(make("p", { class: "soft" }, `${of.dataset.first} → ${of.dataset.second}`), make("div", { class: "scroll" }, copy(table, code)));
    }
  }
  const cases = casesOf(code);
  if (cases.length) parts.push(make("h4", {}, words.cases), make("ul", {}, ...cases.map(of =>
    make("li", {}, make("a", { href: "#" + of.id }, one("h3", of).textContent)))));
  place.replaceChildren(...parts);
  for (const head of all("th", place)) if (!head.textContent) head.replaceWith(make("td", {}));
  reach(place);
};
const choose = (code, move) => {
  state.region = code;
  controls.elements.region.value = code || "";
  for (const of of all(".chosen")) of.classList.remove("chosen");
  if (code !== null) {
    for (const of of all(`[data-region="${CSS.escape(code)}"]`)) of.classList.add("chosen");
    const own = views.find(view => view.dataset.methodology === state.methodology && row(one("table[data-table=ranking]", view), code));
    if (own && own.dataset.league !== state.league) { state.league = own.dataset.league; open(); }
  }
  profile(code);
  write();
  if (code !== null && move) {
    const head = one("#profile-head");
    head.focus({ preventScroll: true });
    one("#regions").scrollIntoView();
  }
};

// Figures have tabs: the picture, its table, its source and method.
const tabs = figure => {
  const closed = all(":scope > .pane", figure);
  if (closed.length < 2) return;
  // What opens without a script is a panel with one.
  const names = closed.map(pane => one("summary", pane).textContent);
  const panes = closed.map(pane => {
    const panel = make("div", { class: "pane" });
    panel.append(...Array.from(pane.childNodes).filter(of => of.nodeName !== "SUMMARY"));
    pane.replaceWith(panel);
    return panel;
  });
  const list = make("div", { role: "tablist", "aria-label": one("figcaption", figure).textContent });
  const buttons = panes.map((pane, k) => {
    const id = `${figure.id}-pane-${k}`;
    pane.id = id;
    const button = make("button", { type: "button", role: "tab", id: id + "-tab", "aria-controls": id }, names[k]);
    pane.setAttribute("role", "tabpanel");
    pane.setAttribute("aria-labelledby", button.id);
    return button;
  });
  const show = (at, move) => {
    buttons.forEach((button, k) => {
      button.setAttribute("aria-selected", String(k === at));
      button.tabIndex = k === at ? 0 : -1;
      panes[k].hidden = k !== at;
    });
    if (move) buttons[at].focus();
    reach(figure);
  };
  buttons.forEach((button, k) => {
    button.addEventListener("click", () => show(k));
    button.addEventListener("keydown", event => {
      const steps = { ArrowRight: k + 1, ArrowLeft: k - 1, Home: 0, End: buttons.length - 1 };
      if (!(event.key in steps)) return;
      event.preventDefault();
      show((steps[event.key] + buttons.length) % buttons.length, true);
    });
  });
  list.append(...buttons);
  figure.insertBefore(list, panes[0]);
  show(0);
};

// What is copied: a picture with its style, a table as CSV.
const csv = table => all("tr", table).filter(of => !of.hidden).map(of => cells(of).map(cell => {
  const text = cell.innerText === undefined ? cell.textContent : cell.innerText;
  const plain = text.replace(/\s+/g, " ").trim();
  return /[",\n]/.test(plain) ? `"${plain.replace(/"/g, '""')}"` : plain;
}).join(",")).join("\r\n") + "\r\n";
const picture = svg => {
  const alone = svg.cloneNode(true);
  for (const of of all(".hot,.chosen,.faded", alone)) of.classList.remove("hot", "chosen", "faded");
  alone.classList.remove("faded");
  const style = one("#chart-style");
  if (style) {
    const own = document.createElementNS("http://www.w3.org/2000/svg", "style");
    own.textContent = style.textContent;
    alone.insertBefore(own, alone.firstChild);
  }
  return new XMLSerializer().serializeToString(alone);
};
const copied = (text, what) => {
  const done = () => say(fill(words.copied, { what }));
  const aside = () => {
    const area = make("textarea", { "aria-hidden": "true" });
    area.value = text;
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    done();
  };
  if (navigator.clipboard && window.isSecureContext) navigator.clipboard.writeText(text).then(done, aside); else aside();
};
const save = (text, name, type) => {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = make("a", { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
};
const tool = (text, name, act) => {
  const button = make("button", { type: "button", "aria-label": `${text}: ${name}` }, text);
  button.addEventListener("click", act);
  return button;
};
const tools = () => {
  for (const table of all("main table")) {
    const frame = table.closest(".scroll");
    if (!frame || frame.closest("#profile") || table.rows.length < 5) continue;
    const name = table.getAttribute("aria-label") || table.dataset.table;
    frame.after(make("div", { class: "tools" }, tool(words.copy_csv, name, () => copied(csv(table), words.copy_csv)),
      tool(words.save_csv, name, () => save("\ufeff" + csv(table), `${table.dataset.table}.csv`, "text/csv"))));
  }
  for (const svg of all("figure svg")) {
    const name = svg.dataset.kind || "chart";
    const title = one("title", svg);
    const text = title ? title.textContent : name;
    svg.parentElement.after(make("div", { class: "tools" }, tool(words.copy_svg, text, () => copied(picture(svg), words.copy_svg)),
      tool(words.save_svg, text, () => save(picture(svg), `${name}.svg`, "image/svg+xml"))));
  }
};

// What moves within its frame can be moved by keyboard. All frames are measured before any is changed, so that the page is
// laid out once.
const waiting = new Set();
const reach = from => {
  if (!waiting.size) requestAnimationFrame(measure);
  waiting.add(from);
};
const measure = () => {
  const frames = new Set([...waiting].flatMap(from => all(".scroll, figure .pane > div", from)));
  waiting.clear();
  const measured = [...frames].map(frame =>
    [frame, frame.scrollWidth > frame.clientWidth + 1 || frame.scrollHeight > frame.clientHeight + 1]);
  for (const [frame, moves] of measured) {
    if (moves) {
      frame.tabIndex = 0;
      frame.setAttribute("role", "group");
      const table = one("table", frame);
      const label = table && table.getAttribute("aria-label");
      frame.setAttribute("aria-label", label || words.figure);
    } else frame.removeAttribute("tabindex");
  }
};

// Cases are searched for by words and by region.
const search = one("#search");
const found = () => {
  const wanted = search.elements.text.value.toLowerCase().split(/\s+/).filter(Boolean);
  const code = search.elements.region.value;
  const cases = all("[data-case]");
  let shown = 0;
  for (const of of cases) {
    const text = of.textContent.toLowerCase();
    of.hidden = !wanted.every(word => text.includes(word)) || (code !== "" && !casesOf(code).includes(of));
    if (!of.hidden) shown += 1;
  }
  search.elements.count.value = shown < cases.length ? fill(words.shown, { shown, all: cases.length }) : "";
};
if (search) {
  const codes = new Set(all("[data-case]").flatMap(of => of.dataset.case.split(" ")));
  options(search.elements.region, [["", words.all], ...data.regions.filter(of => codes.has(of[0])).map(of => [of[0], of[1]])], "");
  search.hidden = false;
  search.addEventListener("submit", event => event.preventDefault());
  search.elements.text.addEventListener("input", found);
  search.elements.region.addEventListener("change", found);
}
const openCase = hash => {
  const of = hash.startsWith("#case-") ? document.getElementById(hash.slice(1)) : null;
  if (!of) return;
  of.open = true;
  of.scrollIntoView();
};
document.addEventListener("click", event => {
  const link = event.target instanceof Element ? event.target.closest("a[href^='#case-']") : null;
  if (link) openCase(link.getAttribute("href"));
});
const cased = location.hash;
controls.addEventListener("submit", event => event.preventDefault());
filter.addEventListener("submit", event => event.preventDefault());
options(controls.elements.region, [["", "–"], ...data.regions.map(of => [of[0], of[1] === of[0] ? of[0] : `${of[1]} ${of[0]}`])], "");
controls.elements.region.parentElement.hidden = false;
controls.hidden = false;
filter.hidden = false;
if (data.groups.some(of => of[1].length > 1)) {
  const select = filter.elements.group;
  select.append(make("option", { value: "" }, words.all));
  data.groups.forEach(([name, classes], g) => {
    select.append(make("optgroup", { label: name }, ...classes.map((of, c) => make("option", { value: `${g}:${c}` }, of))));
  });
  select.parentElement.hidden = false;
}
for (const name of ["methodology", "league", "period"]) controls.elements[name].addEventListener("change", event => {
  state[name] = event.target.value;
  open();
  if (state.region !== null) profile(state.region);
  write();
});
controls.elements.region.addEventListener("change", event => choose(event.target.value || null, event.target.value !== ""));
filter.elements.text.addEventListener("input", narrow);
filter.elements.tier.addEventListener("change", narrow);
filter.elements.group.addEventListener("change", narrow);
one("#profile").hidden = false;
all("table.sorted").forEach(sortable);
all("figure").forEach(tabs);
tools();
const arrive = (found, move) => {
  Object.assign(state, usual, found);
  if (state.region !== null && !regions.has(state.region)) state.region = null;
  open();
  if (state.region !== null) choose(state.region, move); else profile(null);
};
arrive(read(), "region" in read());
openCase(cased);
addEventListener("hashchange", () => { const found = read(); if (Object.keys(found).length) arrive(found, true); });
document.addEventListener("toggle", event => { if (event.target instanceof Element) reach(event.target); }, true);
addEventListener("resize", () => reach(document));
reach(document);

// The section that is read is marked in the list of contents.
if ("IntersectionObserver" in window) {
  const links = new Map(all("nav a").map(link => [link.getAttribute("href").slice(1), link]));
  const observer = new IntersectionObserver(entries => {
    for (const entry of entries) if (entry.isIntersecting) {
      for (const link of links.values()) link.removeAttribute("aria-current");
      links.get(entry.target.id)?.setAttribute("aria-current", "true");
    }
  }, { rootMargin: "-10% 0px -80% 0px" });
  all("main > section").forEach(section => observer.observe(section));
}

// On paper everything is open; afterwards it is as before.
let closed = [];
addEventListener("beforeprint", () => { closed = all("details:not([open]):not(.view)"); for (const of of closed) of.open = true; });
addEventListener("afterprint", () => { for (const of of closed) of.open = false; closed = []; });
})();
