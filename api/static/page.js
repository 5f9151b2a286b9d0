// What the pages do beyond links and forms; everything can be read without it.
"use strict";

// A citation is chosen: its panel takes the focus, and gives it back when it is closed.
let chosen = null;

function close() {
  const panel = document.getElementById("panel");
  if (!panel || !panel.firstElementChild) return;
  panel.replaceChildren();
  if (chosen) {
    chosen.removeAttribute("aria-expanded");
    chosen.focus();
  }
  chosen = null;
}

document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "panel") return;
  if (chosen) chosen.removeAttribute("aria-expanded");
  chosen = event.detail.requestConfig.elt;
  chosen.setAttribute("aria-expanded", "true");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet close";
  button.textContent = "✕";
  button.setAttribute("aria-label", document.body.dataset.close);
  button.addEventListener("click", close);
  const section = event.detail.target.querySelector(".mention");
  section.append(button);
  section.querySelector("h2").focus();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") close();
});

// A file dropped on a form is its file.
for (const form of document.querySelectorAll("form.drop")) {
  const field = form.querySelector("input[type=file]");
  form.addEventListener("dragover", (event) => { event.preventDefault(); form.classList.add("over"); });
  form.addEventListener("dragleave", () => form.classList.remove("over"));
  form.addEventListener("drop", (event) => {
    event.preventDefault();
    form.classList.remove("over");
    if (!event.dataTransfer.files.length) return;
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

// A list is copied.
for (const button of document.querySelectorAll("button[data-copy]")) {
  button.addEventListener("click", async () => {
    const field = document.getElementById(button.dataset.copy);
    field.select();
    try { await navigator.clipboard.writeText(field.value); } catch { document.execCommand("copy"); }
    document.getElementById("copied").textContent = button.dataset.said;
  });
}

// The files that are chosen are named before they are sent.
const picked = document.getElementById("picked");
if (picked) {
  document.getElementById("files").addEventListener("change", (event) => {
    picked.replaceChildren(...Array.from(event.target.files, (file) => {
      const item = document.createElement("li");
      item.textContent = file.name;
      return item;
    }));
  });
}

// Work is watched: at each event what it came to is shown anew.
const work = document.querySelector("#work[data-events]");
if (work) {
  const events = new EventSource(work.dataset.events);
  const show = (event) => {
    if (event.type === "done" || event.type === "failed") events.close();
    htmx.ajax("GET", work.dataset.part, { target: "#work", swap: "innerHTML" });
  };
  for (const state of ["waiting", "running", "done", "failed"]) events.addEventListener(state, show);
}

// One key a decision, while that is wanted; never while something is typed.
const keys = document.getElementById("keys");
if (keys) {
  keys.checked = localStorage.getItem("keys") !== "off";
  keys.addEventListener("change", () => localStorage.setItem("keys", keys.checked ? "on" : "off"));
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=checkbox]), textarea, select");
    if (!keys.checked || typing || event.ctrlKey || event.altKey || event.metaKey || event.repeat) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (wanted) { event.preventDefault(); wanted.click(); }
  });
}
