// The levers: moves one's own strategy, asks for its future, and lets the charts follow.

import { change, state } from "./address.js";
import { Refused, ask, question } from "./api.js";
import { draw } from "./chart.js";
import { read, remove, save, saved, set, settingOf, write } from "./strategy.js";
import { interval, number, percent, text, valued } from "./words.js";

const told = JSON.parse(document.getElementById("levers-data").textContent);
const levers = new Map(told.levers.map((one) => [one.id, one]));
const form = document.querySelector("form.controls");
const said = document.getElementById("said");
const last = told.years.at(-1);
const START = "as_is";

const view = {
  strategy: read(state().get("strategy") ?? START),
  against: state().get("against") ?? START,
  phase: 0,
  undone: [],
  done: [],
};
const charts = new Map(); // indicator → how its chart is filled anew, and its widest axis while a lever is dragged

// ---------------------------------------------------------------- controls

const settingHere = (lever) => settingOf(view.strategy, lever.id, view.phase) ?? lever.settings[view.strategy.base];

function leverText(lever, value) {
  if (lever.percent) return percent(100 * value, 0);
  return `${number(value, lever.step >= 1 ? 0 : 1)} ${lever.unit}`;
}

function showControls() {
  form.base.value = view.strategy.base;
  form.against.value = view.against;
  for (const lever of told.levers) {
    const control = form.elements[lever.id];
    const value = settingHere(lever);
    if (lever.kind === "choice") {
      if (![...control.options].some((one) => one.value === String(value))) control.append(new Option(value, value));
      control.value = value;
    } else {
      const amount = value === "today" ? lever.today : Number(value);
      control.value = amount;
      control.setAttribute("aria-valuetext", leverText(lever, amount));
      control.parentElement.querySelector("output").textContent = leverText(lever, amount);
    }
    const moved = [...view.strategy.phases].some(({ set: own }) => own.has(lever.id));
    control.parentElement.classList.toggle("moved", moved);
  }
  const task = settingHere(levers.get("core_task"));
  document.querySelector('[data-lever="core_ambition"]').classList.toggle("off", task === "none");
  form.elements.core_ambition.disabled = task === "none";
  document.getElementById("undo").disabled = view.done.length === 0;
  document.getElementById("redo").disabled = view.undone.length === 0;
  const line = write(view.strategy);
  document.getElementById("download").href = question("strategies.toml", { strategy: line });
  for (const link of document.querySelectorAll("a[data-why], a[data-strategy]")) {
    const where = new URL(link.href);
    where.searchParams.set("strategy", line);
    link.href = where;
  }
  showPhases();
}

function showPhases() {
  const place = document.getElementById("phase-choices");
  place.replaceChildren(
    ...view.strategy.phases.map(({ from }, at) => {
      const label = document.createElement("label");
      const radio = Object.assign(document.createElement("input"), { type: "radio", name: "phase", value: at, checked: at === view.phase });
      label.append(radio, " ", from ? text("from_year", { year: from }) : text("from_start"));
      return label;
    }),
  );
}

// ---------------------------------------------------------------- what follows

let wanted = null;
let asking = false;

/** Ask for the future of the strategy as it stands; while one question is on its way only the newest waits. */
async function follow() {
  wanted = { line: write(view.strategy), since: performance.now() };
  if (asking) return;
  asking = true;
  while (wanted) {
    const { line, since } = wanted;
    wanted = null;
    try {
      await futureOf(line);
      await show(line);
      said.classList.remove("error");
      // The frame after the next has begun when the drawn one has been shown.
      requestAnimationFrame(() =>
        requestAnimationFrame(() => performance.measure("framsyn-repaint", { start: since, end: performance.now() })),
      );
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      said.textContent = error.status === 0 ? text("unreachable") : error.message;
      said.classList.add("error");
    }
  }
  asking = false;
}

async function futureOf(line) {
  if (told.futures[line]) return;
  const answer = await ask(`municipalities/${told.code}/futures`, {
    strategy: line,
    indicator: told.indicators.map((one) => one.id),
    years: told.years.length - 1,
    draws: told.draws,
    seed: told.seed,
  });
  for (const old of kept.splice(0, Math.max(0, kept.length - 40))) delete told.futures[old];
  kept.push(line);
  told.futures[line] = answer.futures[0].indicators;
}
const kept = []; // lines asked for, so that a long session does not fill the memory

async function show(line) {
  const own = told.futures[line];
  const other = told.futures[view.against];
  for (const one of told.indicators) showRow(one, own[one.id], other[one.id]);
  await Promise.all(told.indicators.map((one) => charts.get(one.id)?.(own[one.id], other[one.id])));
}

function showRow(one, own, other) {
  const row = document.querySelector(`[data-row="${one.id}"]`);
  const [mine, theirs] = [own.p50.at(-1), other.p50.at(-1)];
  const difference = mine === null || theirs === null ? null : mine - theirs;
  const cells = {
    median: valued(mine, one.decimals, one.percent ? "%" : ""),
    interval: interval(own.p10.at(-1), own.p90.at(-1), one.decimals),
    other: valued(theirs, one.decimals, one.percent ? "%" : ""),
    difference: signed(difference, one.decimals),
  };
  for (const [name, value] of Object.entries(cells)) row.querySelector(`[data-cell="${name}"]`).textContent = value;
  const against = told.postures.find((posture) => posture.id === view.against)?.label ?? view.against;
  const chart = document.querySelector(`[data-indicator="${one.id}"]`);
  chart.querySelector(".drawing").setAttribute("aria-label", text("chart", { ...cells, label: one.label, year: last, against }));
  const table = chart.querySelector("details");
  if (table.open) fillTable(table, one, own, other);
  else table.addEventListener("toggle", () => fillTable(table, one, told.futures[write(view.strategy)][one.id], told.futures[view.against][one.id]), { once: true });
}

function fillTable(table, one, own, other) {
  const unit = one.percent ? "%" : "";
  told.years.forEach((year, at) => {
    const [, median, spread, compared] = table.querySelectorAll("tbody tr")[at].children;
    median.textContent = valued(own.p50[at], one.decimals, unit);
    spread.textContent = interval(own.p10[at], own.p90[at], one.decimals);
    compared.textContent = valued(other.p50[at], one.decimals, unit);
  });
}

const signed = (value, decimals) => (value !== null && Number(value.toFixed(decimals)) > 0 ? "+" : "") + number(value, decimals);

// ---------------------------------------------------------------- charts

const FAN = ["p10", "p25", "p50", "p75", "p90"];
const rows = (spread, names) =>
  told.years.flatMap((year, at) => (spread.p50[at] === null ? [] : [{ year, ...Object.fromEntries(names.map((name) => [name, spread[name][at]])) }]));

/** Ends of the axis, with a little room, as the server sets them. */
function span(values, zero) {
  const known = values.filter((value) => value !== null).concat(zero ? [0] : []);
  const [low, high] = [Math.min(...known), Math.max(...known)];
  const room = 0.04 * (high - low) || Math.max(Math.abs(high) * 0.04, 0.5);
  const below = low === 0 && zero ? 0 : low - room;
  return [low >= 0 ? Math.max(below, 0) : below, high + room];
}

let dragging = false;

async function begin(one) {
  const figure = document.querySelector(`[data-indicator="${one.id}"] [data-follow]`);
  const filling = JSON.parse(figure.querySelector("script").textContent);
  const fill = await draw(figure.querySelector(".drawing"), "follow", filling);
  const medians = told.postures.flatMap((posture) => told.futures[posture.id][one.id].p50);
  const fixed = [...medians, ...one.past.map(([, value]) => value)];
  let widest = filling.domains.y;
  charts.set(one.id, (own, other) => {
    const shown = span([...fixed, ...own.p10, ...own.p90, ...other.p10, ...other.p90], one.zero);
    // While a lever is dragged the axis only widens, so that the eye has something to hold on to.
    widest = dragging ? [Math.min(widest[0], shown[0]), Math.max(widest[1], shown[1])] : shown;
    const zero = widest[0] < 0 && widest[1] > 0 ? [{ value: 0 }] : [];
    return fill({ data: { own: rows(own, FAN), other: rows(other, ["p10", "p90"]), zero }, domains: { y: widest } });
  });
}

// ---------------------------------------------------------------- what the reader does

/** Keep the strategy in the address and in the list that can be undone. */
function commit(before) {
  const line = write(view.strategy);
  if (line === before) return;
  view.done.push(before);
  view.undone = [];
  change({ strategy: line, against: view.against === START ? null : view.against });
  showControls();
  tell();
}

async function tell() {
  const line = write(view.strategy);
  await futureOf(line).catch(() => {});
  const own = told.futures[line]?.population;
  if (own && write(view.strategy) === line) {
    const parts = { year: last, median: number(own.p50.at(-1)), interval: interval(own.p10.at(-1), own.p90.at(-1)) };
    said.textContent = text("now_population", parts);
  }
}

/** Go to another strategy: undone, reset, gone back to, or saved. */
function go(line, { push = true } = {}) {
  view.strategy = read(line);
  view.phase = Math.min(view.phase, view.strategy.phases.length - 1);
  if (push) change({ strategy: line });
  showControls();
  follow();
}

let before = write(view.strategy);

form.addEventListener("input", (event) => {
  const lever = levers.get(event.target.name);
  if (!lever) return;
  if (!dragging) before = write(view.strategy);
  dragging = true;
  set(view.strategy, lever.id, view.phase, plain(lever, event.target.value), lever.settings[view.strategy.base]);
  showControls();
  follow();
});

form.addEventListener("change", (event) => {
  const name = event.target.name || event.target.id;
  if (levers.has(name)) {
    dragging = false;
    commit(before);
    follow();
  } else if (name === "base") {
    before = write(view.strategy);
    view.strategy = { base: event.target.value, phases: [{ from: 0, set: new Map() }] };
    view.phase = 0;
    commit(before);
    follow();
  } else if (name === "against") {
    view.against = event.target.value;
    change({ against: view.against === START ? null : view.against });
    const label = told.postures.find((one) => one.id === view.against).label;
    document.querySelector("[data-against-name]").textContent = label;
    follow();
  } else if (name === "phase") {
    view.phase = Number(event.target.value);
    showControls();
    document.querySelector('#phase-choices input:checked')?.focus();
  } else if (name === "indicator") {
    const shown = [...form.querySelectorAll('[name="indicator"]:checked')].map((one) => one.value);
    if (shown.length === 0) event.target.checked = true;
    else {
      change({ indicator: shown, strategy: write(view.strategy) });
      location.reload();
    }
  }
});
form.addEventListener("submit", (event) => event.preventDefault());

/** A slider's number without the noise of binary fractions. */
const plain = (lever, value) => (lever.kind === "choice" ? value : String(Number(Number(value).toFixed(4))));

const click = (id, action) => document.getElementById(id).addEventListener("click", action);

click("undo", () => {
  view.undone.push(write(view.strategy));
  go(view.done.pop());
});
click("redo", () => {
  view.done.push(write(view.strategy));
  go(view.undone.pop());
});
click("reset", () => {
  const line = write(view.strategy);
  if (line === view.strategy.base) return;
  view.done.push(line);
  view.undone = [];
  view.phase = 0;
  go(view.strategy.base);
});
click("copy", async () => {
  await navigator.clipboard.writeText(location.href).catch(() => {});
  said.textContent = text("copied");
});
click("phase-add", () => {
  const from = Number(document.getElementById("phase-year").value);
  const { phases } = view.strategy;
  if (!phases.some((one) => one.from === from) && phases.length < 5) {
    phases.push({ from, set: new Map() });
    phases.sort((one, other) => one.from - other.from);
  }
  view.phase = phases.findIndex((one) => one.from === from);
  showControls();
});
click("save", () => {
  const name = document.getElementById("save-name").value.trim();
  if (!name) {
    said.textContent = text("no_name");
    document.getElementById("save-name").focus();
    return;
  }
  save(name, write(view.strategy));
  said.textContent = text("saved", { name });
  showSaved();
});

function showSaved() {
  document.getElementById("saved").replaceChildren(
    ...Object.entries(saved()).map(([name, line]) => {
      const item = document.createElement("li");
      const open = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: name });
      open.addEventListener("click", () => {
        view.done.push(write(view.strategy));
        go(line);
      });
      const away = Object.assign(document.createElement("button"), { type: "button", className: "quiet", textContent: "×" });
      away.setAttribute("aria-label", text("remove", { name }));
      away.addEventListener("click", () => {
        remove(name);
        showSaved();
      });
      item.append(open, " ", away);
      return item;
    }),
  );
}

addEventListener("popstate", () => {
  view.against = state().get("against") ?? START;
  go(state().get("strategy") ?? START, { push: false });
});

showControls();
showSaved();
await Promise.all(told.indicators.map(begin));
follow();
