/* A copy of years alike gives each its own cell, so that a sheet or a document keeps them apart. */
"use strict";

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
