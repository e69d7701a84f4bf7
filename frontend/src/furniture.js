/* Small conveniences of the page: the rail on a phone, menus that close, parts that stay open, the person chooser,
   the report, the full screen. */

import { parsed } from "./parsed.js";
import { xsrf } from "./xsrf.js";

const PHONE = matchMedia("(max-width: 56rem)");

function once(selector, action, ready = () => true) {
  for (const element of document.querySelectorAll(`${selector}:not([data-ready])`)) {
    if (!ready(element)) continue;
    element.dataset.ready = "";
    action(element);
  }
}

/** On a slow line a page arrives in pieces: a part can be there before its heading is. */
function headed(part) {
  const heading = part.querySelector("summary");
  return heading !== null && parsed(heading);
}

function foldRail(rail) {
  PHONE.addEventListener("change", () => (rail.open = !PHONE.matches));
}

function closeMenu(menu) {
  document.addEventListener("click", (event) => {
    if (!menu.contains(event.target)) menu.open = false;
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
}

/** A part somebody opened is open again when the page is loaded again; on paper all are open. */
function keepOpen(part) {
  const key = `pophealth more ${location.pathname}${location.search} ${part.querySelector("summary").textContent.trim()}`;
  try {
    if (sessionStorage.getItem(key)) part.open = true;
    part.addEventListener("toggle", () => {
      if (part.open) sessionStorage.setItem(key, "open");
      else sessionStorage.removeItem(key);
    });
  } catch {
    // the browser keeps nothing for this page: parts begin closed
  }
  addEventListener("beforeprint", () => (part.open = true));
}

function choosePerson(form, base) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const body = new URLSearchParams({ user: event.submitter.value, _xsrf: xsrf(base) });
    const answer = await fetch(form.action, { method: "POST", body });
    if (answer.ok) location.reload();
    else form.querySelector("[role=status]").textContent = "That did not work. Reload the page and try again.";
  });
}

async function handOver(answer) {
  const named = /filename="([^"]+)"/.exec(answer.headers.get("Content-Disposition"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await answer.blob());
  link.download = named ? named[1] : "report.html";
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

function makeReport(form, base) {
  const status = form.querySelector("[role=status]");
  const button = form.querySelector("button");
  const label = button.textContent;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    button.textContent = "Making it…";
    status.textContent = "";
    const body = new URLSearchParams({ team: form.elements.team.value, _xsrf: xsrf(base) });
    try {
      const answer = await fetch(form.action, { method: "POST", body });
      if (answer.ok) await handOver(answer);
      else status.textContent = answer.status === 409 ? await answer.text() : "That did not work. Try again.";
    } catch {
      status.textContent = "Not connected. Try again in a moment.";
    }
    button.disabled = false;
    button.textContent = label;
  });
}

function fillScreen(button) {
  button.hidden = !document.fullscreenEnabled;
  button.addEventListener("click", () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else document.documentElement.requestFullscreen();
  });
}

/** Bring everything to life that has come since the last call. */
export function furnish(base) {
  once("details.rail", foldRail);
  once("details.menu", closeMenu);
  once("details.more", keepOpen, headed);
  once("form.people", (form) => choosePerson(form, base));
  once("form.report", (form) => makeReport(form, base), parsed);
  once("button.full-screen", fillScreen);
  once("main[data-title]", (main) => (document.title = main.dataset.title));
}
