// The lineage of a document as a graph: unfolded on demand, filtered, and kept in the address.
"use strict";

(() => {
  const box = document.getElementById("graph");
  const words = JSON.parse(box.dataset.words);
  const at = document.body.dataset.at;
  const root = box.dataset.document;
  const byId = (id) => document.getElementById(id);
  const tone = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
  const plain = (text) => text.replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/g, "");
  const MOST = 40;

  // What the address keeps: which documents are unfolded (in that order), which kinds are left out, what is chosen, the view.
  const state = { open: [], hidden: new Set(["CITES"]), held: false, chosen: null, view: null };

  function restore() {
    const kept = new URLSearchParams(location.hash.slice(1));
    state.open = kept.get("open") ? kept.get("open").split(",") : [];
    if (kept.has("hidden")) state.hidden = new Set(kept.get("hidden").split(",").filter(Boolean));
    state.held = kept.get("held") === "1";
    state.chosen = kept.get("chosen");
    state.view = kept.get("view") ? kept.get("view").split(",").map(Number) : null;
  }

  function keep() {
    const kept = new URLSearchParams();
    if (state.open.length) kept.set("open", state.open.join(","));
    kept.set("hidden", [...state.hidden].join(","));
    if (state.held) kept.set("held", "1");
    if (state.chosen) kept.set("chosen", state.chosen);
    const pan = cy.pan();
    kept.set("view", [cy.zoom(), pan.x, pan.y].map((one) => one.toFixed(3)).join(","));
    history.replaceState(null, "", `#${kept}`);
  }

  const known = new Map();
  const status = (one) => (one.held ? "resolved" : one.complete ? "cited" : "ambiguous");
  const say = (text) => { byId("told").textContent = text; };

  const cy = cytoscape({
    container: box, minZoom: 0.15, maxZoom: 3,
    style: [
      { selector: "node", style: {
        shape: "round-rectangle", width: 170, height: 56, label: "data(label)", "text-wrap": "wrap", "text-max-width": 160,
        "text-valign": "center", "font-size": 13, "font-family": getComputedStyle(document.body).fontFamily, color: tone("ink"),
        "background-color": tone("paper"), "border-width": 2, "border-color": "data(tone)", "border-style": "data(line)" } },
      { selector: "node.root", style: { "border-width": 4, "border-color": tone("brand") } },
      { selector: "node.more", style: { "underlay-color": "data(tone)", "underlay-opacity": 0.16, "underlay-padding": 5 } },
      { selector: "edge", style: {
        width: 2, "curve-style": "bezier", "target-arrow-shape": "triangle", "line-color": "data(tone)", "target-arrow-color": "data(tone)",
        "line-style": "data(line)", label: "data(label)", "font-size": 11, "font-family": getComputedStyle(document.body).fontFamily, color: tone("ink"), "text-background-color": tone("ground"),
        "text-background-opacity": 0.9, "text-background-padding": 2 } },
      { selector: ":selected", style: { "overlay-color": tone("link"), "overlay-opacity": 0.18 } },
      { selector: ".gone", style: { visibility: "hidden", events: "no" } },
    ],
  });

  const TONES = { IMPLEMENTS: "resolved", BASED_ON: "link", GUIDES: "ambiguous", APPROVES: "cited", CITES: "soft" };
  const edgeTone = (kind) => tone(TONES[kind] || "brand");
  const lineOf = { resolved: "solid", cited: "dashed", ambiguous: "dotted" };

  function put(one) {
    if (known.has(one.id)) return;
    known.set(one.id, one);
    const name = plain(one.name);
    const label = name.length > 60 ? `${name.slice(0, 57)}…` : name;
    cy.add({ group: "nodes", data: { id: one.id, label, tone: tone(status(one)), line: lineOf[status(one)] }, classes: one.id === root ? "root" : "" });
  }

  function join(edge) {
    const id = [edge.from_id, edge.relation, edge.to_id, edge.source].join(" ");
    if (cy.getElementById(id).length || !known.has(edge.from_id) || !known.has(edge.to_id)) return;
    cy.add({ group: "edges", data: {
      id, source: edge.from_id, target: edge.to_id, kind: edge.relation, said: edge, tone: edgeTone(edge.relation),
      line: edge.relation === "CITES" ? "dotted" : "solid", label: words.relations[edge.relation] } });
  }

  async function unfold(id, depth) {
    const asked = new URLSearchParams({ document: id, exact: "true", depth, limit: MOST / 2 }); // so many each way
    const response = await fetch(`${at}/api/v1/lineage?${asked}`, { headers: { Accept: "application/json" } });
    if (!response.ok) { say(words.failed); return; }
    const answer = await response.json();
    const named = [answer.asked.document, ...answer.documents.map((one) => one.document)];
    const ends = [...answer.edges, ...answer.changes, ...answer.citations];
    // Of mere mentions and changes only as many as can be read are put in.
    const near = answer.others.slice(0, Math.max(0, MOST - named.length));
    [...named, ...near].forEach(put);
    ends.forEach(join);
    cy.getElementById(id).removeClass("more");
    answer.frontier.forEach((one) => cy.getElementById(one).addClass("more"));
    const cut = answer.truncated || near.length < answer.others.length;
    say(cut ? words.truncated.replace("{}", known.size) : "");
  }

  function arrange(fit) {
    const shown = cy.elements().not(".gone");
    // Boxes are wide: where many lie side by side they are set in columns.
    const columns = shown.nodes().length > 6;
    shown.layout({ name: "dagre", rankDir: columns ? "RL" : "BT", nodeSep: columns ? 10 : 26, rankSep: columns ? 110 : 70, animate: false, fit: false }).run();
    if (fit) look();
  }

  // All of it, but never larger than it is easy to read.
  function look() {
    const shown = cy.elements().not(".gone");
    cy.fit(shown, 24);
    if (cy.zoom() > 1.2) { cy.zoom(1.2); cy.center(shown); }
  }

  function filter() {
    cy.batch(() => {
      cy.edges().forEach((edge) => { edge.toggleClass("gone", state.hidden.has(edge.data("kind"))); });
      cy.nodes().forEach((node) => { node.toggleClass("gone", state.held && !known.get(node.id()).held && node.id() !== root); });
      // What only a hidden kind ties to the rest is hidden too.
      const seen = cy.elements().not(".gone").bfs({ roots: cy.getElementById(root), directed: false }).path.nodes();
      cy.nodes().forEach((node) => { if (node.id() !== root && !seen.contains(node)) node.addClass("gone"); });
    });
    list();
  }

  function list() {
    const shown = cy.nodes().not(".gone");
    byId("many").textContent = `(${shown.length})`;
    byId("nodes").replaceChildren(...shown.map((node) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "plain";
      button.textContent = plain(known.get(node.id()).name);
      button.addEventListener("click", () => { choose(node); byId("chosen").querySelector("h2").focus(); });
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
  }

  const make = (tag, text, name) => {
    const made = document.createElement(tag);
    if (text) made.textContent = plain(text);
    if (name) made.className = name;
    return made;
  };

  function linkTo(id) {
    const link = make("a", known.has(id) ? known.get(id).name : id);
    link.href = `${at}/document?document=${encodeURIComponent(id)}`;
    return link;
  }

  function quotesOf(edge) {
    const made = make("div");
    const head = make("p");
    head.append(linkTo(edge.from_id), make("span", ` ${words.relations[edge.relation]} `, "relation"), linkTo(edge.to_id));
    made.append(head);
    if (edge.pinpoints.length) made.append(make("p", edge.pinpoints.join("; "), "facts"));
    edge.quotes.forEach((quote) => made.append(make("blockquote", quote.text)));
    if (edge.asserted_by && edge.asserted_by !== edge.from_id) {
      const by = make("p", `${words.by_word_of} `, "facts");
      by.append(linkTo(edge.asserted_by));
      made.append(by);
    }
    return made;
  }

  function choose(element) {
    cy.elements().unselect();
    element.select();
    state.chosen = element.id();
    const section = make("section");
    const title = make("h2");
    title.tabIndex = -1;
    section.append(title);
    if (element.isNode()) {
      const one = known.get(element.id());
      title.append(linkTo(one.id));
      if (one.subject && one.subject !== one.name) section.append(make("p", one.subject));
      section.append(make("p", [one.issuer, one.date && one.date.split("-").reverse().join("/")].filter(Boolean).join(" · "), "facts"));
      if (!state.open.includes(one.id) && one.id !== root) {
        const button = make("button", words.unfold);
        button.type = "button";
        button.addEventListener("click", async () => {
          state.open.push(one.id);
          await unfold(one.id, 1);
          filter();
          arrange(true);
          choose(element);
          byId("chosen").querySelector("h2").focus();
        });
        section.append(button);
      }
      element.connectedEdges().not(".gone").slice(0, 12).forEach((edge) => section.append(quotesOf(edge.data("said"))));
    } else {
      title.textContent = words.relations[element.data("kind")];
      section.append(quotesOf(element.data("said")));
    }
    byId("chosen").replaceChildren(section);
    keep();
  }

  function save(blob, ending) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `${root.replace(/[^a-z0-9]+/gi, "-")}.${ending}`;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
  }

  async function begin() {
    restore();
    document.querySelectorAll("input[name=kind]").forEach((one) => {
      one.checked = !state.hidden.has(one.value);
      one.addEventListener("change", () => {
        if (one.checked) state.hidden.delete(one.value); else state.hidden.add(one.value);
        filter(); arrange(true); keep();
      });
    });
    byId("heldonly").checked = state.held;
    byId("heldonly").addEventListener("change", (event) => { state.held = event.target.checked; filter(); arrange(true); keep(); });
    byId("fit").addEventListener("click", () => { look(); keep(); });
    byId("nearer").addEventListener("click", () => { cy.zoom(cy.zoom() * 1.25); keep(); });
    byId("farther").addEventListener("click", () => { cy.zoom(cy.zoom() / 1.25); keep(); });
    byId("png").addEventListener("click", () => save(cy.png({ output: "blob", full: true, scale: 2, bg: tone("paper") }), "png"));
    byId("svg").addEventListener("click", () => save(new Blob([graphPicture(cy, tone)], { type: "image/svg+xml" }), "svg"));
    byId("link").addEventListener("click", async () => {
      keep();
      try { await navigator.clipboard.writeText(location.href); say(words.copied); } catch { say(location.href); }
    });
    await unfold(root, 2);
    for (const id of state.open) await unfold(id, 1);
    filter();
    arrange(true);
    if (state.view) cy.viewport({ zoom: state.view[0], pan: { x: state.view[1], y: state.view[2] } });
    const chosen = state.chosen ? cy.getElementById(state.chosen) : null;
    if (chosen && chosen.length) choose(chosen);
    cy.on("tap", "node, edge", (event) => choose(event.target));
    cy.on("viewport", () => { clearTimeout(begin.wait); begin.wait = setTimeout(keep, 300); });
    box.dataset.ready = "yes";
  }

  // For those who try it: how many there are, and where one of them is.
  box.shown = () => ({
    nodes: cy.nodes().not(".gone").map((one) => one.id()), edges: cy.edges().filter((one) => one.visible()).map((one) => one.id()),
    place: (id) => cy.getElementById(id).isNode() ? cy.getElementById(id).renderedPosition() : cy.getElementById(id).renderedMidpoint(),
  });
  begin();
})();
