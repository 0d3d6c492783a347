// Tables whose columns sort: the heading becomes a button; numbers by `data-value`, unknown ones always last.

import { text } from "./words.js";

const lang = document.documentElement.lang;
const order = new Intl.Collator(lang === "en" ? "en" : lang, { numeric: true });

/** Give every table of a part of the page its buttons. */
export function sortable(part = document) {
  for (const table of part.querySelectorAll("table.sortable")) {
    for (const heading of table.querySelectorAll("thead th")) {
      const button = document.createElement("button");
      button.type = "button";
      button.title = text("sort", { column: heading.textContent.trim() });
      button.append(...heading.childNodes);
      heading.append(button);
      button.addEventListener("click", () => sort(table, heading));
    }
  }
}

function sort(table, heading) {
  const rising = heading.getAttribute("aria-sort") === "ascending" ? false : heading.getAttribute("aria-sort") === "descending" || !heading.classList.contains("number");
  for (const one of table.querySelectorAll("thead th")) one.removeAttribute("aria-sort");
  heading.setAttribute("aria-sort", rising ? "ascending" : "descending");
  const column = heading.cellIndex, sign = rising ? 1 : -1;
  const rows = [...table.tBodies[0].rows];
  rows.sort((a, b) => compare(a.cells[column], b.cells[column], sign, heading.classList.contains("number")));
  table.tBodies[0].append(...rows);
}

function compare(a, b, sign, numbers) {
  if (!numbers) return sign * order.compare(a.textContent, b.textContent);
  const [one, other] = [a, b].map((cell) => cell.dataset.value);
  if (one === undefined || other === undefined) return (one === undefined) - (other === undefined);
  return sign * (Number(one) - Number(other));
}
