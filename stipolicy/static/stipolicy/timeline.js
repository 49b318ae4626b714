/* A timeline with a script: arrows move between cells, a tip says why, rows open, are picked and
   copied. Without it everything can be read: titles, and the rows' own details.
   One file, because each file that a page asks for delays the figure more than its reading does. */
"use strict";

class TimelineGrid {
  constructor(figure) {
    this.figure = figure;
    this.scroll = figure.querySelector(".timeline-scroll");
    this.tip = figure.querySelector(".timeline-tip");
    this.rows = [...figure.querySelectorAll('.timeline-table tr[class^="row-"]')];
    this.index = new Map(this.rows.map((row, index) => [row, index]));
    this.fragments = new Map();
    this.column = 0;
    this.timer = 0;
    for (const table of figure.querySelectorAll(".timeline-table")) {
      table.setAttribute("role", "grid");
    }
    /* Screen readers focus what can be focused; ten thousand rows wait for the first focus. */
    if (this.rows.length <= 300) {
      for (const cell of figure.querySelectorAll("tr[class^=row-] > td")) cell.tabIndex = -1;
      this.becomeOneStop();
    } else {
      this.scroll.addEventListener("focusin", () => this.becomeOneStop(), { once: true });
    }
    this.scroll.addEventListener("keydown", (event) => this.onKey(event));
    this.scroll.addEventListener("focusin", (event) => this.onFocus(event.target));
    this.scroll.addEventListener("mouseover", (event) => this.onPoint(event));
    this.scroll.addEventListener("click", (event) => this.onClick(event));
    this.scroll.addEventListener("toggle", (event) => this.onToggle(event.target), true);
    figure.addEventListener("mouseleave", () => this.later(() => this.hide()));
    figure.addEventListener("focusout", (event) => {
      if (!figure.contains(event.relatedTarget)) this.hide();
    });
    figure.addEventListener("rowspicked", () => {
      if (this.active?.closest("tr").hidden) this.stop(this.firstStop());
    });
    this.tip.addEventListener("mouseenter", () => clearTimeout(this.timer));
    this.tip.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.active.focus();
      if (event.key === "Escape") this.hide();
    });
  }

  /* The Tab key stops once in the figure; arrows go on from there. */
  becomeOneStop() {
    for (const inside of this.scroll.querySelectorAll("tr[class^=row-] :is(a, summary)")) {
      inside.tabIndex = -1;
    }
    this.stop(this.active ?? this.firstStop());
  }

  firstStop() {
    const first = this.rows.find((row) => !row.hidden);
    return first && this.stops(first)[0];
  }

  /* The places of a row that arrows reach: its name, as a link where it is one, and its cells. */
  stops(row) {
    return [...row.cells].map((cell) => cell.querySelector("a") ?? cell);
  }

  /* The columns a place stands in, from the first up to but not with the last: years alike are
     one cell of many programmes' rows. */
  columns(place) {
    const cell = place.closest("th, td");
    let first = 0;
    for (let before = cell; (before = before.previousElementSibling); ) first += before.colSpan;
    return [first, first + cell.colSpan];
  }

  /* The place of a row that stands in the column where the reader is. */
  placeIn(row) {
    return this.stops(row).find((place) => this.columns(place)[1] > this.column);
  }

  stop(place) {
    if (!place) return;
    if (this.active) this.active.tabIndex = -1;
    this.active = place;
    place.tabIndex = 0;
  }

  go(place) {
    this.stop(place);
    place.focus({ preventScroll: true });
    const name = place.closest("tr").cells[0];
    name.scrollIntoView({ block: "nearest", inline: "nearest" });
    if (name.contains(place)) return;
    const year = this.yearOf(place);
    const shown = this.scroll.getBoundingClientRect();
    const from = year.left - name.getBoundingClientRect().right;
    this.scroll.scrollLeft += Math.min(from, 0) || Math.max(year.right - shown.right, 0);
  }

  /* Where the reader's year stands in a cell, from left to right in the window. */
  yearOf(place) {
    const cell = place.getBoundingClientRect();
    const [first, after] = this.columns(place);
    const year = Math.min(Math.max(this.column, first), after - 1) - first;
    const width = cell.width / (after - first);
    return { left: cell.left + year * width, right: cell.left + (year + 1) * width };
  }

  neighbour(row, step) {
    let index = this.index.get(row) + step;
    while (this.rows[index]?.hidden) index += Math.sign(step);
    return this.rows[index];
  }

  onKey(event) {
    const row = event.target.closest("tr");
    if (event.key === "Escape" && row?.matches(".timeline-opened")) {
      this.open(row.previousElementSibling);
      this.go(this.active);
    }
    if (!this.index.has(row) || event.altKey || event.metaKey) return;
    const places = this.stops(row);
    const index = places.indexOf(event.target);
    if (index < 0) return;
    const shown = () => this.rows.filter((other) => !other.hidden);
    const below = (step) => this.neighbour(row, step) ?? row;
    const moves = {
      ArrowLeft: () => places[index - 1],
      ArrowRight: () => places[index + 1],
      ArrowUp: () => this.placeIn(below(-1)),
      ArrowDown: () => this.placeIn(below(1)),
      Home: () => (event.ctrlKey ? this.stops(shown()[0]) : places)[0],
      End: () => (event.ctrlKey ? this.stops(shown().at(-1)) : places).at(-1),
    };
    if (event.key in moves) {
      event.preventDefault();
      const place = moves[event.key]();
      if (place) this.go(place);
    } else if (event.key === " " || (event.key === "Enter" && event.target.tagName === "TD")) {
      event.preventDefault();
      this.open(row);
    } else if (event.key === "Escape") {
      if (this.tip.hidden && this.isOpen(row)) this.open(row);
      this.hide();
    }
  }

  onFocus(place) {
    const row = place.closest("tr");
    if (!this.index.has(row) || !this.stops(row).includes(place)) return;
    this.stop(place);
    const [first, after] = this.columns(place);
    if (this.column < first || this.column >= after) this.column = first;
    clearTimeout(this.timer);
    if (place.tagName === "TD") this.show(place);
    else this.hide();
  }

  onPoint(event) {
    const cell = event.target.closest("td");
    if (!cell || !this.index.has(cell.parentNode)) return;
    cell.removeAttribute("title");
    this.later(() => this.show(cell, event.clientX));
  }

  onClick(event) {
    const cell = event.target.closest("td");
    if (!cell || !this.index.has(cell.parentNode) || getSelection().toString()) return;
    const [first, after] = this.columns(cell);
    const { left, width } = cell.getBoundingClientRect();
    this.column = first + Math.floor(((event.clientX - left) * (after - first)) / width);
    this.go(cell);
    this.open(cell.parentNode);
  }

  later(action) {
    clearTimeout(this.timer);
    this.timer = setTimeout(action, 150);
  }

  /* What a row opens to: its own opened row, or one made of the fragment of its programme. */
  opened(row) {
    const next = row.nextElementSibling;
    return next?.classList.contains("timeline-opened") ? next : null;
  }

  isOpen(row) {
    const details = row.querySelector(".row-opener");
    return details ? details.open : Boolean(this.opened(row)?.classList.contains("is-open"));
  }

  async open(row) {
    const details = row.querySelector(".row-opener");
    if (details) details.open = !details.open;
    else if (row.classList.contains("row-program")) {
      await this.reasons(row);
      this.opened(row)?.classList.toggle("is-open");
    }
    if (this.isOpen(row)) this.hide();
  }

  async onToggle(details) {
    const row = details.closest("tr");
    const link = this.opened(row)?.querySelector(".row-record-link");
    if (!details.open || !link || this.fragments.has(row)) return;
    const record = (await this.fragment(row))?.querySelector(".row-record");
    if (record) link.before(record);
  }

  fragment(row) {
    if (!this.fragments.has(row)) {
      const path = `${row.querySelector("a").getAttribute("href")}row/`;
      const read = fetch(`${path}?${this.figure.dataset.rowQuery}`).then(async (answer) => {
        if (!answer.ok) throw new Error(answer.status);
        const template = document.createElement("template");
        template.innerHTML = await answer.text();
        /* Every row opened brings the same ids; without them its sections keep their headings. */
        for (const section of template.content.querySelectorAll("[aria-labelledby]")) {
          section.removeAttribute("aria-labelledby");
          section.querySelector("h2")?.removeAttribute("id");
        }
        return template.content;
      });
      this.fragments.set(row, read.catch(() => this.fragments.delete(row) && null));
    }
    return this.fragments.get(row);
  }

  /* The list of a row's reasons. A row of many programmes fetches it together with its record. */
  async reasons(row) {
    if (!this.opened(row) && row.classList.contains("row-program")) {
      const fragment = await this.fragment(row);
      if (!this.opened(row)) {
        const cell = document.createElement("td");
        cell.colSpan = this.columns(row.lastElementChild)[1];
        cell.append(fragment ?? this.figure.dataset.failed);
        const opened = document.createElement("tr");
        opened.className = "timeline-opened";
        opened.append(cell);
        row.after(opened);
        if (!fragment) setTimeout(() => opened.remove(), 4000);
      }
    }
    return this.opened(row)?.querySelector(".row-reasons");
  }

  /* `x` is where a pointer points, if one does. */
  async show(cell, x) {
    const row = cell.parentNode;
    this.shown = cell;
    const list = this.opened(row) || !cell.querySelector(".mark") ? await this.reasons(row) : null;
    if (this.shown !== cell) return;
    const heads = [...row.closest("table").tHead.rows[0].cells].slice(...this.columns(cell));
    const lines = list ? this.said(list, heads.map((head) => head.textContent)) : [];
    if (!lines.length) return this.hide();
    this.tip.replaceChildren(...lines);
    this.tip.hidden = false;
    cell.removeAttribute("title");
    this.place(cell, x);
  }

  /* One line a year, or one for years in a row of which the same is said. */
  said(list, years) {
    const lines = [];
    let said, first;
    for (const year of years) {
      const reason = list.querySelector(`[data-year="${year}"]`);
      if (!reason) continue;
      const words = reason.lastElementChild.firstChild.textContent;
      if (words === said) {
        lines.at(-1).querySelector(".reason-year").textContent = `${first}–${year}`;
        continue;
      }
      [said, first] = [words, year];
      const line = document.createElement("p");
      line.append(...reason.cloneNode(true).childNodes);
      lines.push(line);
    }
    return lines;
  }

  /* Below the year of a cell, or above it where the window ends or the row is open. */
  place(place, x) {
    const cell = place.getBoundingClientRect();
    const start = x === undefined ? this.yearOf(place).left : x - 16;
    const figure = this.figure.getBoundingClientRect();
    const { offsetWidth: width, offsetHeight: height } = this.tip;
    const hasRoom = cell.bottom + height + 8 < innerHeight && !this.isOpen(this.shown.parentNode);
    const isAbove = !hasRoom && cell.top > height + 8;
    const left = Math.min(start - figure.left, figure.width - width);
    this.tip.style.left = `${Math.max(0, left)}px`;
    this.tip.style.top = `${(isAbove ? cell.top - height - 4 : cell.bottom + 4) - figure.top}px`;
  }

  hide() {
    this.shown = null;
    this.tip.hidden = true;
  }
}

for (const figure of document.querySelectorAll(".timeline")) new TimelineGrid(figure);

/* Leave only the rows of an organisation that have a cell of a tier and one of a state. */
function pickRows(figure, { organization, tier, state }) {
  const has = (row, name) => !name || row.querySelector(`td.${name}`);
  const isPicked = (row) =>
    (!organization || (row.dataset.organization ?? "").split(/、|; /).includes(organization)) &&
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
  const pick = () => {
    const counts = pickRows(figure, Object.fromEntries(new FormData(form)));
    output.value = output.dataset.words.replace(/\{(\w+)\}/g, (_, name) => counts[name]);
  };
  form.addEventListener("input", pick);
  /* A reader who comes back finds what was chosen. */
  addEventListener("pageshow", () => [...new FormData(form).values()].some(Boolean) && pick());
}

/* A copy of years alike gives each its own cell, so that a sheet or a document keeps them apart. */
const UNCOPIED = ".visually-hidden, .cell-star, .row-opener, .timeline-opened:not(.is-open)";

function copiedTable(range) {
  const table = document.createElement("table");
  const copied = range.cloneContents();
  for (const hidden of copied.querySelectorAll("[hidden]")) hidden.remove();
  if (range.commonAncestorContainer.nodeName === "TR") {
    const row = range.commonAncestorContainer.cloneNode(false);
    row.append(copied);
    copied.append(row);
  }
  table.append(...copied.querySelectorAll("tr"));
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
