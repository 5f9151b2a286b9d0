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
