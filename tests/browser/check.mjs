// Opens pages that `quanheng report` wrote, in a real browser: what it says on its console, what axe-core finds, and
// whether ordering, filtering, choosing, links into the page and the keyboard do what they should.
//
//     node check.mjs AXE PAGE...          AXE is axe.min.js
//     node check.mjs --pictures FOLDER PAGE...   only takes pictures, to be looked at

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { start, tab } from "./browser.mjs";

const arguments_ = process.argv.slice(2);
const pictures = arguments_[0] === "--pictures" ? arguments_[1] : null;
const axe = pictures ? null : readFileSync(arguments_[0], "utf8");
const pages = arguments_.slice(pictures ? 2 : 1).map(page => resolve(page));
const browser = start();
let done = 0;

const widths = [["wide", 1280, 900], ["phone", 390, 844]];
const address = (page, hash = "") => pathToFileURL(page).href + hash;

/** Fails with what was found. */
const none = (found, where) => assert.deepEqual(found, [], where);

async function accessible(of, where) {
  await of.value(axe + "\n;0");
  // The page says of its frames which of them move in the frame of animation after a change.
  await of.value("new Promise(done => requestAnimationFrame(() => setTimeout(done, 200)))");
  const found = await of.value(`axe.run(document, { resultTypes: ["violations"] }).then(all =>
    all.violations.map(one => one.id + ": " + one.nodes.slice(0, 3).map(node => node.target.join(" ")).join(", ")))`);
  none(found, `${where}: axe-core`);
}

/** Every pair of width and scheme: nothing on the console, nothing asked of a network, nothing wider than the screen. */
async function everywhere(page) {
  for (const [name, width, height] of widths) {
    for (const dark of [false, true]) {
      const where = `${basename(page)} ${name} ${dark ? "dark" : "light"}`;
      const of = await tab(browser, { url: address(page), width, height, dark });
      await accessible(of, where);
      assert.ok(await of.value("document.documentElement.scrollWidth") <= width, `${where}: wider than the screen`);
      // With everything open there is more to be found fault with.
      await of.value("document.querySelectorAll('details:not(.view)').forEach(one => { one.open = true; })");
      await of.value("document.querySelector('#controls').elements.region.selectedIndex = 1; document.querySelector('#controls').elements.region.dispatchEvent(new Event('change'))");
      // axe-core takes minutes for the largest pages with everything open; the smaller ones have the same parts.
      if (name === "wide" && statSync(page).size < 500_000) await accessible(of, `${where}, everything open`);
      assert.ok(await of.value("document.documentElement.scrollWidth") <= width, `${where}: wider than the screen when open`);
      none(of.faults, `${where}: console`);
      none(of.requests, `${where}: network`);
      await of.close();
      done += 1;
    }
  }
}

const RANKING = ".view[open] table[data-table=ranking]";
const column = (key, visible = true) => `[...document.querySelectorAll(${JSON.stringify(RANKING)} + " tbody tr")].filter(row => !${visible} || !row.hidden)
  .map(row => row.cells[[...row.closest("table").querySelectorAll("thead tr > *")].findIndex(head => head.dataset.k === ${JSON.stringify(key)})].textContent)`;

/** Ordering by a click and by the keyboard. */
async function orders(page) {
  const of = await tab(browser, { url: address(page) });
  const click = key => of.value(`document.querySelector(${JSON.stringify(RANKING)} + " [data-k=" + CSS.escape(${JSON.stringify(key)}) + "] button").click()`);
  const sort = key => of.value(`document.querySelector(${JSON.stringify(RANKING)} + " [data-k=" + CSS.escape(${JSON.stringify(key)}) + "]").getAttribute("aria-sort")`);
  const before = await of.value(column("code"));
  await click("score");
  assert.equal(await sort("score"), "descending");
  let scores = (await of.value(column("score"))).map(Number).filter(x => !Number.isNaN(x));
  assert.deepEqual(scores, [...scores].sort((a, b) => b - a));
  await of.value(`document.querySelector(${JSON.stringify(RANKING)} + " [data-k=score] button").focus()`);
  await of.key("Enter");
  assert.equal(await sort("score"), "ascending", "Enter orders the other way");
  scores = (await of.value(column("score"))).map(Number).filter(x => !Number.isNaN(x));
  assert.deepEqual(scores, [...scores].sort((a, b) => a - b));
  await click("rank");
  // A region without a rank stands last.
  const ranks = (await of.value(column("rank"))).filter(text => text !== "").map(Number);
  assert.deepEqual(ranks, [...ranks].sort((a, b) => a - b));
  assert.deepEqual([...await of.value(column("code"))].sort(), [...before].sort(), "no row is lost");
  assert.notEqual(await of.value("document.querySelector('#said').textContent"), "", "the order is said to screen readers");
  none(of.faults, "console");
  await of.close();
  done += 1;
}

/** Filtering by text, by tier and by class. */
async function filters(page) {
  const of = await tab(browser, { url: address(page) });
  const [all, codes] = [await of.value(column("name")), await of.value(column("code"))];
  const set = (name, value, event) => of.value(`(() => { const of = document.querySelector("#filter").elements[${JSON.stringify(name)}];
    of.value = ${JSON.stringify(value)}; of.dispatchEvent(new Event(${JSON.stringify(event)})); })()`);
  await set("text", codes[3].toLowerCase(), "input");
  assert.ok((await of.value(column("code"))).includes(codes[3]));
  assert.ok((await of.value(column("name"))).length < all.length);
  assert.match(await of.value("document.querySelector('#filter output').textContent"), /1/);
  await set("text", "", "input");
  assert.deepEqual(await of.value(column("name")), all);
  for (const name of ["tier", "group"]) {
    const options = await of.value(`[...document.querySelector("#filter").elements[${JSON.stringify(name)}].options].map(one => one.value)`);
    const is = await of.value(`!document.querySelector("#filter").elements[${JSON.stringify(name)}].parentElement.hidden`);
    if (!is) continue;
    await set(name, options[1], "change");
    const kept = await of.value(column(name === "tier" ? "tier" : "name"));
    assert.ok(kept.length < all.length, `${name} narrows down`);
    if (name === "tier") assert.deepEqual([...new Set(kept)], [options[1]]);
    await set(name, "", "change");
  }
  assert.deepEqual(await of.value(column("name")), all);
  none(of.faults, "console");
  await of.close();
  done += 1;
}

/** Another methodology: its ranking is seen, and the address says so. */
async function chooses(page) {
  const of = await tab(browser, { url: address(page) });
  const options = await of.value("[...document.querySelector('#controls').elements.methodology.options].map(one => one.value)");
  if (options.length > 1) {
    await of.value(`(() => { const of = document.querySelector("#controls").elements.methodology;
      of.value = ${JSON.stringify(options[1])}; of.dispatchEvent(new Event("change")); })()`);
    assert.deepEqual(await of.value("[...document.querySelectorAll('.view')].filter(one => one.open).map(one => one.dataset.methodology)"), [options[1]]);
    assert.match(await of.value("location.hash"), /methodology=/);
  }
  none(of.faults, "console");
  await of.close();
  done += 1;
}

/** A link to a region, from outside and by the keyboard; the profile agrees with the ranking. */
async function links(page) {
  const first = await tab(browser, { url: address(page) });
  const codes = await first.value(column("code"));
  const code = codes[4];
  await first.close();
  const of = await tab(browser, { url: address(page, `#region=${encodeURIComponent(code)}`) });
  const rank = (await of.value(column("rank")))[4];
  const score = (await of.value(column("score")))[4];
  const shown = await of.value("document.querySelector('#profile').innerText");
  assert.ok(shown.includes(code), `the profile of ${code} is shown`);
  const own = await of.value("[...document.querySelector('#profile table tbody tr').cells].map(cell => cell.textContent)");
  assert.ok(own.includes(score), "the score is that of the ranking");
  assert.equal(own[own.indexOf(score) - 1], rank, "the rank is that of the ranking");
  assert.ok(await of.value(`[...document.querySelectorAll("[data-region].chosen")].every(one => one.dataset.region === ${JSON.stringify(code)})`));
  assert.ok(await of.value("document.querySelectorAll('[data-region].chosen').length") > 2, "it stands out in other tables too");
  // A name in the ranking leads to its profile, with the focus on its head.
  await of.value(`document.querySelector(${JSON.stringify(RANKING)} + " tbody tr a").focus()`);
  await of.key("Enter");
  assert.equal(await of.value("document.activeElement.id"), "profile-head");
  assert.ok((await of.value("location.hash")).includes(`region=${encodeURIComponent(codes[0])}`));
  // The first stop of the keyboard leads past the navigation.
  const again = await tab(browser, { url: address(page) });
  await again.key("Tab");
  assert.equal(await again.value("document.activeElement.className"), "skip");
  await again.key("Enter");
  assert.equal(await again.value("document.activeElement.id"), "content");
  await again.close();
  none(of.faults, "console");
  await of.close();
  done += 1;
}

/** Cases are searched for, and the profile of a region leads to its own. */
async function cases(page) {
  const of = await tab(browser, { url: address(page) });
  if (await of.value("!!document.querySelector('#search')")) {
    const shown = "[...document.querySelectorAll('[data-case]')].filter(one => !one.hidden).map(one => one.id)";
    const all = await of.value(shown);
    const title = await of.value("document.querySelector('[data-case] h3').textContent");
    const search = text => of.value(`(() => { const of = document.querySelector("#search").elements.text;
      of.value = ${JSON.stringify(text)}; of.dispatchEvent(new Event("input")); })()`);
    await search(title);
    assert.ok((await of.value(shown)).length < all.length, "a search narrows down");
    await search("zzqqxx");
    assert.deepEqual(await of.value(shown), []);
    await search("");
    assert.deepEqual(await of.value(shown), all);
    const code = await of.value("[...document.querySelectorAll('[data-case]')].map(one => one.dataset.case).find(Boolean)");
    await of.value(`location.hash = "region=" + ${JSON.stringify(code)}`);
    await of.value("new Promise(done => setTimeout(done, 100))");
    const link = await of.value("document.querySelector(\"#profile a[href^='#case-']:last-of-type\").getAttribute('href')");
    await of.value("document.querySelector(\"#profile a[href^='#case-']:last-of-type\").click()");
    assert.ok(await of.value(`document.querySelector(${JSON.stringify(link)}).open`), "the case is opened");
  }
  none(of.faults, "console");
  await of.close();
  done += 1;
}

/** Tabs of a figure by the arrows. */
async function tabs(page) {
  const of = await tab(browser, { url: address(page) });
  const is = await of.value("!!document.querySelector('.view[open] [role=tablist], figure [role=tablist]')");
  if (is) {
    await of.value("document.querySelector('.view[open] [role=tab], figure [role=tab]').focus()");
    const list = "document.activeElement.closest('[role=tablist]')";
    await of.key("ArrowRight");
    assert.equal(await of.value(`[...${list}.children].findIndex(one => one.getAttribute("aria-selected") === "true")`), 1);
    await of.key("Home");
    assert.equal(await of.value(`[...${list}.children].findIndex(one => one.getAttribute("aria-selected") === "true")`), 0);
    const open = await of.value(`[...${list}.parentElement.querySelectorAll(":scope > .pane")].map(one => !one.hidden)`);
    assert.deepEqual(open.filter(Boolean).length, 1);
  }
  none(of.faults, "console");
  await of.close();
  done += 1;
}

/** Without scripts everything is there to be read, and nothing to be chosen is shown. */
async function plain(page) {
  const of = await tab(browser, { url: address(page), scripts: false });
  const { root } = await of.send("DOM.getDocument");
  const count = async selector => (await of.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector })).nodeIds.length;
  assert.equal(await count("#controls[hidden]"), 1);
  assert.equal(await count("#filter[hidden]"), 1);
  assert.ok(await count("table[data-table=ranking] tbody tr") > 0);
  assert.ok(await count("table[data-table=values] tbody tr") > 0);
  await of.close();
  done += 1;
}

/** How long it takes until something is seen; the figure is printed, for a slow machine is no fault. */
async function paint(page) {
  const of = await tab(browser, { url: address(page) });
  const at = await of.value(`new Promise(done => new PerformanceObserver(list => done(list.getEntries().find(one => one.name === "first-contentful-paint")?.startTime))
    .observe({ type: "paint", buffered: true }))`);
  const ready = await of.value("performance.timing.loadEventEnd - performance.timing.navigationStart");
  console.log(`${basename(page)}: ${Math.round(statSync(page).size / 1000)} KB, first paint after ${Math.round(at)} ms, loaded after ${ready} ms`);
  await of.close();
}

try {
  for (const page of pages) {
    if (pictures) {
      for (const [name, width, height] of widths) for (const dark of [false, true]) {
        const of = await tab(browser, { url: address(page, process.env.HASH || ""), width, height, dark });
        if (process.env.OPEN) await of.value(`document.querySelectorAll(${JSON.stringify(process.env.OPEN)}).forEach(one => { one.open = true; })`);
        await of.picture(join(pictures, `${basename(page, ".html")}-${name}-${dark ? "dark" : "light"}.png`), { top: Number(process.env.TOP || 0), most: Number(process.env.MOST || 12000) });
        none(of.faults, `${page}: console`);
        await of.close();
      }
      continue;
    }
    for (const check of [everywhere, orders, filters, chooses, links, cases, tabs, plain]) {
      await check(page).catch(fault => { fault.message = `${basename(page)}: ${check.name}: ${fault.message}`; throw fault; });
    }
    await paint(page);
  }
  if (!pictures) console.log(`${done} checks of ${pages.length} pages hold`);
} finally {
  await browser.stop();
}
