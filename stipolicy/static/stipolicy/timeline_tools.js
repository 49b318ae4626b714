/* What a reader does with a whole table: pick out rows, and copy them. */
"use strict";

/* Leave only the rows of an organisation that have a cell of a tier and one of a state. */
function pickRows(figure, { organization, tier, state }) {
  const has = (row, name) => !name || row.querySelector(`td.${name}`);
  const isPicked = (row) =>
    (!organization || row.dataset.organization.split(/、|; /).includes(organization)) &&
    has(row, tier) &&
    has(row, state);
  const rows = figure.querySelectorAll('.timeline-table tr[class^="row-"]');
  let shown = 0;
  for (const row of rows) {
    row.hidden = !isPicked(row);
    shown += !row.hidden;
    const next = row.nextElementSibling;
    if (next?.classList.contains("timeline-opened")) next.hidden = row.hidden;
  }
  for (const around of figure.querySelectorAll(".timeline-group, .timeline-block")) {
    around.hidden = !around.querySelector('tr[class^="row-"]:not([hidden])');
  }
  figure.dispatchEvent(new Event("rowspicked"));
  return { all: rows.length, shown };
}

for (const form of document.querySelectorAll(".timeline-tools")) {
  const figure = form.closest(".timeline");
  const output = form.querySelector("output");
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", () => {
    const counts = pickRows(figure, Object.fromEntries(new FormData(form)));
    output.value = output.dataset.words.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  });
}

/* A copy of years alike gives each its own cell, so that a sheet or a document keeps them apart. */
const UNCOPIED = ".visually-hidden, .cell-star, .row-opener, .timeline-opened:not(.is-open)";

function copiedTable(range) {
  const table = document.createElement("table");
  const rows = range.cloneContents().querySelectorAll("tr");
  table.append(...rows);
  for (const left of table.querySelectorAll(UNCOPIED)) left.remove();
  for (const cell of table.querySelectorAll(".cell[colspan]")) {
    const years = cell.colSpan;
    cell.removeAttribute("colspan");
    for (let year = 1; year < years; year += 1) cell.after(cell.cloneNode(true));
  }
  return table;
}

function lineOf(row) {
  const words = [...row.cells].map((cell) => cell.textContent.trim().replace(/\s+/g, " "));
  return row.matches(".timeline-eras") ? ["", ...words].join("\t") : words.join("\t");
}

document.addEventListener("copy", (event) => {
  const range = getSelection().rangeCount ? getSelection().getRangeAt(0) : null;
  const around = range?.commonAncestorContainer;
  const scroll = (around?.closest ? around : around?.parentElement)?.closest(".timeline-scroll");
  if (!scroll?.querySelector(".is-block")) return;
  const table = copiedTable(range);
  if (!table.rows.length) return;
  event.clipboardData.setData("text/plain", [...table.rows].map(lineOf).join("\n"));
  event.clipboardData.setData("text/html", table.outerHTML);
  event.preventDefault();
});
