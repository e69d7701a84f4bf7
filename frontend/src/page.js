/* The app's page: connects to the kernel, shows widgets as they come, and looks after header, rail and chooser. */

import { Connection } from "./connection.js";
import { Shelf } from "./shelf.js";
import { furnish } from "./furniture.js";
import { parsed } from "./parsed.js";

const start = window.pophealth;
const connection = new Connection(start);
const shelf = new Shelf(connection, () => import(start.library));
const missed = !connection.open; // the socket opened late: the kernel may have spoken before

function scan() {
  for (const script of document.querySelectorAll("script.pophealth-state:not([data-read])")) {
    if (!parsed(script)) continue;
    script.dataset.read = "";
    shelf.learn(JSON.parse(script.textContent));
  }
  for (const slot of document.querySelectorAll("[data-widget]:not([data-shown])")) shelf.show(slot.dataset.widget, slot);
  furnish(start.base);
}

function finish() {
  scan();
  document.documentElement.dataset.complete = "";
}

if (document.readyState === "loading") {
  const watcher = new MutationObserver(scan);
  watcher.observe(document.documentElement, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => {
    watcher.disconnect();
    finish();
  });
  scan();
} else {
  finish();
}
if (missed) document.addEventListener("pophealth:connection", () => shelf.refresh(), { once: true });

Object.assign(start, { connection, shelf, flush: () => connection.flush() });
