// The graph as it stands, written as SVG: lines, boxes and words, nothing that needs another file.
"use strict";

function graphPicture(cy, tone) {
  const around = cy.elements().not(".gone").boundingBox();
  const escaped = (text) => String(text).replace(/[&<>"]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign]);
  const fixed = (number) => number.toFixed(1);
  const dashes = { dashed: ' stroke-dasharray="6 4"', dotted: ' stroke-dasharray="2 3"', solid: "" };
  const colours = [...new Set(cy.edges().map((edge) => edge.data("tone")))];

  // The words of a box in lines of about 24 letters.
  const lines = (label) => label.split(/\s+/).reduce((found, word) => {
    const last = found[found.length - 1];
    if (last !== undefined && last.length + word.length < 24) found[found.length - 1] = `${last} ${word}`;
    else found.push(word);
    return found;
  }, []).slice(0, 3);

  const edges = cy.edges().filter((edge) => edge.visible()).map((edge) => {
    const from = edge.sourceEndpoint(), to = edge.targetEndpoint(), middle = edge.midpoint();
    const marker = `end${colours.indexOf(edge.data("tone"))}`;
    return `<path d="M${fixed(from.x)} ${fixed(from.y)}L${fixed(to.x)} ${fixed(to.y)}" fill="none" stroke="${edge.data("tone")}" stroke-width="2"` +
      `${dashes[edge.data("line")]} marker-end="url(#${marker})"/><text x="${fixed(middle.x)}" y="${fixed(middle.y)}" font-size="11">${escaped(edge.data("label"))}</text>`;
  });

  const nodes = cy.nodes().filter((node) => node.visible()).map((node) => {
    const at = node.position(), wide = node.width(), high = node.height(), said = lines(node.data("label"));
    const text = said.map((line, number) => `<tspan x="${fixed(at.x)}" y="${fixed(at.y + (number - (said.length - 1) / 2) * 15 + 4)}">${escaped(line)}</tspan>`);
    return `<rect x="${fixed(at.x - wide / 2)}" y="${fixed(at.y - high / 2)}" width="${wide}" height="${high}" rx="8" fill="${tone("paper")}" ` +
      `stroke="${node.hasClass("root") ? tone("brand") : node.data("tone")}" stroke-width="${node.hasClass("root") ? 4 : 2}"${dashes[node.data("line")]}/>` +
      `<text font-size="13">${text.join("")}</text>`;
  });

  const markers = colours.map((colour, number) => `<marker id="end${number}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="7" markerHeight="7" orient="auto">` +
    `<path d="M0 0L10 5L0 10z" fill="${colour}"/></marker>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${fixed(around.x1 - 20)} ${fixed(around.y1 - 20)} ${fixed(around.w + 40)} ${fixed(around.h + 40)}" ` +
    `font-family="sans-serif" text-anchor="middle" fill="${tone("ink")}"><defs>${markers.join("")}</defs>${edges.join("")}${nodes.join("")}</svg>\n`;
}
