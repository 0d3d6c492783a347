// What a search found: strategies ticked in the table stand out in the chart; the table sorts and filters.

import { change, state } from "./address.js";
import { draw } from "./chart.js";
import { number, text } from "./words.js";

/** The least distance between names at the right of the chart, of its height, as the server keeps it. */
const APART = 0.085;

export function showResult() {
  const told = JSON.parse(document.getElementById("choose-data").textContent);
  const table = document.getElementById("strategy-table");
  const rows = [...table.tBodies[0].rows];
  const boxes = [...table.querySelectorAll("[data-show]")];
  const filling = told.trade_offs;
  const every = [...filling.data.named, ...filling.data.others];
  const last = told.objectives.at(-1);
  let fill = null;

  const shown = () => boxes.filter((box) => box.checked).map((box) => box.dataset.show);
  const usual = String(shown());

  function paint() {
    const visible = new Set(rows.filter((row) => !row.hidden).map((row) => row.dataset.strategy));
    const named = shown().filter((one) => visible.has(one));
    const lines = every.filter((row) => visible.has(row.strategy));
    const ends = named.map((one) => every.find((row) => row.strategy === one && row.objective === last).value);
    const moved = apart(ends);
    fill?.({
      data: {
        named: lines.filter((row) => named.includes(row.strategy)),
        others: lines.filter((row) => !named.includes(row.strategy)),
        labels: named.map((one, place) => ({ strategy: one, label: told.names[one], at: ends[place], y: moved[place] })),
      },
    });
  }

  function filter() {
    const lawful = document.getElementById("only-lawful").checked;
    const unbeaten = document.getElementById("only-unbeaten").checked;
    const limits = [...document.querySelectorAll("[data-limit]")].map((one) => [one.value, one.dataset.direction]);
    for (const row of rows) {
      const values = [...row.querySelectorAll("[data-value]")].map((cell) => Number(cell.dataset.value));
      const within = limits.every(([limit, direction], place) => limit === "" || (direction === "higher" ? values[place] >= Number(limit) : values[place] <= Number(limit)));
      row.hidden = !within || (lawful && !("lawful" in row.dataset)) || (unbeaten && !("unbeaten" in row.dataset));
    }
    const count = rows.filter((row) => !row.hidden).length;
    document.getElementById("shown").textContent = text("shown", { count: number(count), all: number(rows.length) });
    paint();
  }

  function valueOf(row, key) {
    if (key === "name") return rows.indexOf(row);
    return /^\d+$/.test(key) ? Number(row.querySelectorAll("[data-value]")[key].dataset.value) : Number(row.dataset[key]);
  }

  function sort(key, falling) {
    const sorted = [...rows].sort((one, other) => (falling ? -1 : 1) * (valueOf(one, key) - valueOf(other, key)));
    table.tBodies[0].append(...sorted);
    for (const head of table.tHead.rows[0].cells) {
      if (head.dataset.key === key) head.setAttribute("aria-sort", falling ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    }
  }

  for (const head of table.tHead.rows[0].cells) {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "sort" });
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const before = head.getAttribute("aria-sort");
      const first = head.dataset.better === "higher"; // the best at the top at first
      const falling = before ? before === "ascending" : first;
      sort(head.dataset.key, falling);
      change({ sort: `${head.dataset.key}.${falling ? "down" : "up"}` }, { replace: true });
    });
  }

  for (const box of boxes) {
    box.addEventListener("change", () => {
      paint();
      change({ show: String(shown()) === usual ? [] : shown().length ? shown() : ["none"] }, { replace: true });
    });
  }
  for (const one of document.querySelectorAll(".filters input")) {
    one.addEventListener("input", () => {
      filter();
      const only = ["lawful", "unbeaten"].filter((name) => document.getElementById(`only-${name}`).checked);
      change({ only }, { replace: true });
    });
  }
  for (const link of table.querySelectorAll('th a[href^="#"]')) link.addEventListener("click", () => open(link.hash));
  if (location.hash) open(location.hash);

  const asked = state();
  if (asked.has("show")) for (const box of boxes) box.checked = asked.getAll("show").includes(box.dataset.show);
  for (const name of asked.getAll("only")) {
    const box = document.getElementById(`only-${name}`);
    if (box) box.checked = true;
  }
  const [key, way] = (asked.get("sort") ?? "").split(".");
  if ([...table.tHead.rows[0].cells].some((head) => head.dataset.key === key)) sort(key, way === "down");

  draw(document.querySelector("#trade-offs .drawing"), "trade_offs", filling).then((filled) => {
    fill = filled;
    filter();
  });
}

function open(hash) {
  const part = document.getElementById(decodeURIComponent(hash.slice(1)));
  if (part?.tagName === "DETAILS") part.open = true;
}

/** Places moved so that none is nearer to another than APART, and none outside 0…1, as the server moves them. */
function apart(places) {
  const order = places.map((_, place) => place).sort((one, other) => places[one] - places[other]);
  const moved = order.map((place) => places[place]);
  for (let place = 1; place < moved.length; place++) moved[place] = Math.max(moved[place], moved[place - 1] + APART);
  const mean = (values) => values.reduce((sum, one) => sum + one, 0) / (values.length || 1);
  const shift = mean(moved) - mean(places);
  let limit = 1;
  for (let place = moved.length - 1; place >= 0; place--) {
    moved[place] = Math.min(moved[place] - shift, limit);
    limit = moved[place] - APART;
  }
  limit = 0;
  for (let place = 0; place < moved.length; place++) {
    moved[place] = Math.max(moved[place], limit);
    limit = moved[place] + APART;
  }
  const back = [];
  order.forEach((place, rank) => (back[place] = moved[rank]));
  return back;
}
