// A headless Chromium that is driven over a pipe by the DevTools protocol, without a library.

import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Starts Chromium. Messages are JSON, each ended by a zero byte: commands on file descriptor 3, answers on 4. */
export function start(program = process.env.CHROMIUM || "chromium") {
  const profile = mkdtempSync(join(tmpdir(), "quanheng-browser-"));
  const flags = ["--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--remote-debugging-pipe",
    "--no-first-run", "--disable-background-networking", "--disable-component-update", "--host-resolver-rules=MAP * ~NOTFOUND",
    `--user-data-dir=${profile}`, "about:blank"];
  const child = spawn(program, flags, { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const [to, from] = [child.stdio[3], child.stdio[4]];
  const waiting = new Map();
  const listeners = new Set();
  let number = 0;
  let rest = "";
  from.setEncoding("utf8");
  from.on("data", text => {
    const parts = (rest + text).split("\0");
    rest = parts.pop();
    for (const part of parts) {
      const message = JSON.parse(part);
      const answer = waiting.get(message.id);
      if (answer) {
        waiting.delete(message.id);
        if (message.error) answer.fail(new Error(`${answer.method}: ${message.error.message}`));
        else answer.done(message.result);
      } else for (const listener of listeners) listener(message);
    }
  });
  const send = (method, params = {}, sessionId) => new Promise((done, fail) => {
    const id = ++number;
    waiting.set(id, { done, fail, method });
    to.write(JSON.stringify({ id, method, params, sessionId }) + "\0");
  });
  const stop = async () => {
    const ended = new Promise(done => child.once("exit", done));
    await send("Browser.close").catch(() => child.kill());
    await ended;
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  };
  return { send, stop, listen: listener => listeners.add(listener) };
}

/** A tab at an address, with everything that its console said and every request that it made beyond its own file. */
export async function tab(browser, { url, width = 1280, height = 900, dark = false, scripts = true, media = "" }) {
  const { targetId } = await browser.send("Target.createTarget", { url: "about:blank" });
  const { sessionId } = await browser.send("Target.attachToTarget", { targetId, flatten: true });
  const send = (method, params) => browser.send(method, params, sessionId);
  const faults = [];
  const requests = [];
  let loaded;
  const load = new Promise(done => { loaded = done; });
  browser.listen(message => {
    if (message.sessionId !== sessionId) return;
    const { method, params } = message;
    if (method === "Runtime.exceptionThrown") faults.push(params.exceptionDetails.exception?.description || params.exceptionDetails.text);
    if (method === "Log.entryAdded" && params.entry.level === "error") faults.push(params.entry.text);
    if (method === "Runtime.consoleAPICalled" && ["error", "warning", "assert"].includes(params.type)) faults.push(JSON.stringify(params.args));
    if (method === "Network.requestWillBeSent" && !params.request.url.startsWith("file:") && !params.request.url.startsWith("data:")) requests.push(params.request.url);
    if (method === "Page.loadEventFired") loaded();
  });
  await Promise.all(["Page", "Runtime", "Log", "Network"].map(domain => send(`${domain}.enable`)));
  await send("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
  await send("Emulation.setEmulatedMedia", { media, features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
  await send("Emulation.setScriptExecutionDisabled", { value: !scripts });
  await send("Page.navigate", { url });
  await load;
  /** The value of an expression on the page. */
  const value = async expression => {
    const { result, exceptionDetails } = await send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description || exceptionDetails.text);
    return result.value;
  };
  const key = async (name, text) => {
    const codes = { Tab: 9, Enter: 13, Escape: 27, Home: 36, End: 35, ArrowLeft: 37, ArrowUp: 38, ArrowRight: 39, ArrowDown: 40 };
    const of = { key: name, code: name, windowsVirtualKeyCode: codes[name] || 0, text: text || (name === "Enter" ? "\r" : undefined) };
    await send("Input.dispatchKeyEvent", { type: "keyDown", ...of });
    await send("Input.dispatchKeyEvent", { type: "keyUp", ...of });
  };
  const picture = async (file, { whole = true, top = 0, most = 12000 } = {}) => {
    let clip;
    if (whole) {
      const { cssContentSize } = await send("Page.getLayoutMetrics");
      clip = { x: 0, y: top, width, height: Math.min(most, cssContentSize.height - top), scale: 1 };
    }
    const { data } = await send("Page.captureScreenshot", { format: "png", captureBeyondViewport: whole, clip });
    writeFileSync(file, Buffer.from(data, "base64"));
  };
  const close = () => browser.send("Target.closeTarget", { targetId });
  return { send, value, key, picture, close, faults, requests };
}
