// Rows of a timeline moved by pointer, buttons or keys, and the figure redrawn while they are
// edited. Without this script the numbers in the rows' first column do the same on saving.
"use strict";

(() => {
  const PREFIX = "rows";
  const REDRAW_MS = 500;
  const EDGE_PX = 60;

  const words = (template, ...values) => values.reduce((text, each) => text.replace("%s", each), template);

  class Rows {
    constructor(group, panel, changed) {
      this.body = group.querySelector("tbody");
      this.panel = panel;
      this.status = panel.querySelector("[role=status]");
      this.changed = changed;
      this.all().forEach((row) => this.equip(row));
      group.addEventListener("formset:added", (event) => {
        this.equip(event.target);
        this.number();
      });
      group.addEventListener("keydown", (event) => this.keyed(event));
    }

    all() {
      return [...this.body.querySelectorAll(`tr.form-row:not(.empty-form)`)];
    }

    field(row, name) {
      return row.querySelector(`[name$="-${name}"]`);
    }

    name(row) {
      const chosen = ["program", "event"]
        .map((name) => this.field(row, name)?.selectedOptions?.[0])
        .find((option) => option?.value);
      return this.field(row, "printed_label")?.value.trim() || chosen?.text || this.panel.dataset.unnamed;
    }

    isFilled(row) {
      return row.classList.contains("has_original")
        || ["printed_label", "program", "event"].some((name) => this.field(row, name)?.value);
    }

    equip(row) {
      const position = this.field(row, "position");
      if (!position || row.querySelector(".row-order")) return;
      const order = document.createElement("span");
      order.className = "row-order";
      const button = (className, sign, label) => {
        const made = document.createElement("button");
        made.type = "button";
        made.className = className;
        made.textContent = sign;
        made.dataset.label = label;
        order.append(made);
        return made;
      };
      const grip = button("row-grip", "⠿", this.panel.dataset.drag);
      grip.tabIndex = -1;
      grip.addEventListener("pointerdown", (event) => this.drag(event, row, grip));
      button("row-up", "↑", this.panel.dataset.up).addEventListener("click", () => this.step(row, -1));
      button("row-down", "↓", this.panel.dataset.down).addEventListener("click", () => this.step(row, 1));
      position.before(order);
      position.addEventListener("focus", () => { position.dataset.before = position.value; });
      position.addEventListener("change", () => this.typed(row, position));
      const nameAll = () => order.querySelectorAll("button").forEach((each) => {
        each.ariaLabel = words(each.dataset.label, this.name(row));
        each.title = each.ariaLabel;
      });
      nameAll();
      row.addEventListener("change", nameAll);
    }

    // The row of a form's errors stands above the row itself and moves with it.
    put(row, before) {
      const errors = row.previousElementSibling;
      const moved = errors?.classList.contains("row-form-errors") ? [errors, row] : [row];
      const above = before?.previousElementSibling;
      const target = above?.classList.contains("row-form-errors") && above !== errors ? above : before;
      moved.forEach((each) => this.body.insertBefore(each, target));
    }

    place(row, index) {
      const others = this.all().filter((each) => each !== row);
      const end = this.body.querySelector("tr.empty-form, tr.add-row");
      this.put(row, others[index] ?? end);
    }

    // Other rows move past the dragged one: taken out of the document it would lose the pointer.
    pass(row, index) {
      const errors = row.previousElementSibling;
      const top = errors?.classList.contains("row-form-errors") ? errors : row;
      for (let now = this.all().indexOf(row); now < index; now += 1) {
        this.put(this.all()[now + 1], top);
      }
      for (let now = this.all().indexOf(row); now > index; now -= 1) {
        this.put(this.all()[now - 1], row.nextElementSibling);
      }
    }

    step(row, by) {
      const rows = this.all();
      const index = rows.indexOf(row) + by;
      if (index < 0 || index >= rows.length) return;
      const focused = document.activeElement;
      this.place(row, index);
      this.number();
      if (row.contains(focused)) focused.focus();
      row.scrollIntoView({block: "nearest"});
      this.tell(row);
    }

    typed(row, position) {
      const wanted = Number(position.value);
      const old = Number(position.dataset.before || Infinity);
      if (position.value === "" || !Number.isInteger(wanted) || wanted < 0) return;
      const numbers = this.all().filter((each) => each !== row)
        .map((each) => Number(this.field(each, "position").value || Infinity));
      const isBefore = wanted > old ? (number) => number <= wanted : (number) => number < wanted;
      this.place(row, numbers.filter(isBefore).length);
      this.number();
      position.dataset.before = position.value;
      position.focus();
      this.tell(row);
    }

    keyed(event) {
      const by = {ArrowUp: -1, ArrowDown: 1}[event.key];
      const row = event.target.closest("tr.form-row");
      if (!by || !event.altKey || !row) return;
      event.preventDefault();
      this.step(row, by);
    }

    // Where the rows end in sight: at the window's edge, or where the figure lies over them.
    bottom() {
      const panel = this.panel.getBoundingClientRect();
      const isOver = getComputedStyle(this.panel).bottom === "0px" && panel.bottom <= window.innerHeight;
      return isOver ? panel.top : window.innerHeight;
    }

    drag(event, row, grip) {
      if (event.button !== 0) return;
      event.preventDefault();
      const before = this.all();
      grip.setPointerCapture(event.pointerId);
      row.classList.add("is-dragged");
      const move = (moved) => {
        if (moved.clientY < EDGE_PX) window.scrollBy(0, -12);
        if (moved.clientY > this.bottom() - EDGE_PX) window.scrollBy(0, 12);
        const others = this.all().filter((each) => each !== row);
        const index = others.filter((each) => {
          const box = each.getBoundingClientRect();
          return moved.clientY > box.top + box.height / 2;
        }).length;
        this.pass(row, index);
      };
      const stop = (isKept) => {
        grip.removeEventListener("pointermove", move);
        grip.removeEventListener("pointerup", drop);
        grip.removeEventListener("pointercancel", cancel);
        document.removeEventListener("keydown", escape);
        row.classList.remove("is-dragged");
        if (!isKept) this.pass(row, before.indexOf(row));
        if (isKept && this.all().some((each, index) => each !== before[index])) {
          this.number();
          this.tell(row);
        }
      };
      const drop = () => stop(true);
      const cancel = () => stop(false);
      const escape = (pressed) => { if (pressed.key === "Escape") stop(false); };
      grip.addEventListener("pointermove", move);
      grip.addEventListener("pointerup", drop);
      grip.addEventListener("pointercancel", cancel);
      document.addEventListener("keydown", escape);
    }

    number() {
      this.all().filter((row) => this.isFilled(row)).forEach((row, index) => {
        this.field(row, "position").value = index + 1;
      });
      this.changed();
    }

    tell(row) {
      const rows = this.all();
      this.status.textContent = words(
        this.panel.dataset.moved, this.name(row), rows.indexOf(row) + 1, rows.length);
    }
  }

  class Figure {
    constructor(form, panel) {
      this.form = form;
      this.panel = panel;
      this.content = panel.querySelector(".figure-content");
      this.state = panel.querySelector(".figure-state");
      this.asked = 0;
      this.hasErrors = Boolean(form.querySelector(".errornote"));
      this.saved = this.said();
      const redraw = () => this.later();
      form.addEventListener("input", redraw);
      form.addEventListener("change", redraw);
      window.django?.jQuery?.(form).on("change", "select", redraw);
    }

    said() {
      return new URLSearchParams(new FormData(this.form)).toString();
    }

    later() {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.redraw(), REDRAW_MS);
    }

    async redraw() {
      const number = ++this.asked;
      const isUnsaved = this.hasErrors || this.said() !== this.saved;
      const data = new FormData(this.form);
      data.set("figure_width", Math.round(this.content.clientWidth) - 20);
      try {
        const response = await fetch(this.panel.dataset.url, {method: "POST", body: data});
        if (!response.ok) throw new Error(response.status);
        const drawn = await response.text();
        if (number !== this.asked) return;
        const scrolled = this.content.querySelector(".figure-sheet")?.scrollTop ?? 0;
        this.content.innerHTML = drawn;
        this.content.querySelector(".figure-sheet").scrollTop = scrolled;
        this.state.textContent = this.panel.dataset[isUnsaved ? "unsaved" : "saved"];
      } catch {
        if (number === this.asked) this.state.textContent = this.panel.dataset.failed;
      }
    }
  }

  const start = () => {
    const form = document.getElementById("timeline_form");
    const panel = form?.querySelector(".figure-panel");
    const group = document.getElementById(`${PREFIX}-group`);
    if (!panel || !group || panel.dataset.isEditable !== "true") return;
    const figure = new Figure(form, panel);
    new Rows(group, panel, () => figure.later());
    figure.redraw();
  };

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
