// The country page: the map goes through the years, and the country is lived while one waits.

import { change, state } from "./address.js";
import { drawAll } from "./chart.js";
import { follow as followJob, leave, mine, over, start } from "./job.js";
import { sortable } from "./sorting.js";
import { centre, follow } from "./tiles.js";
import { text, valued } from "./words.js";

const PARTS = ["legend", "map", "figures", "drawn"];
const PACE = 700, SLOW = 1600; // milliseconds a year
const by = (id) => document.getElementById(id);
const still = matchMedia("(prefers-reduced-motion: reduce)");
let course, playing = null, asked = 0;

by("submit").hidden = true;
prepare();
centre(by("map"));
for (const id of ["posture", "indicator", "show"]) {
  by(id)?.addEventListener("change", () => {
    if (id === "indicator") by("show").value = ""; // each indicator has its own usual way
    change({ posture: by("posture").value, indicator: by("indicator").value, show: by("show").value });
    show();
  });
}
by("year").addEventListener("input", () => go(Number(by("year").value)));
by("year").addEventListener("change", () => change({ year: by("year").value }, { replace: true }));
by("play").addEventListener("click", () => (playing ? pause() : play()));
window.addEventListener("popstate", show);
chooseTotal();
living();

function prepare() {
  course = JSON.parse(by("course").textContent);
  follow(by("map"));
  sortable(by("figures"));
}

/** Everything that follows the address, as the server makes it. */
async function show() {
  pause();
  const mine = ++asked, left = document.querySelector(".tiles-scroll").scrollLeft;
  by("map").setAttribute("aria-busy", "true");
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (mine !== asked) return;
  if (!answer?.ok) return by("map").removeAttribute("aria-busy");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const opened = by("figures").querySelector("details").open;
  for (const id of ["posture", "indicator", "show", "year"]) copy(page, id);
  for (const part of PARTS) if (part !== "drawn" || by("drawn")?.querySelector("#total").value !== page.querySelector("#total")?.value) by(part)?.replaceWith(page.getElementById(part));
  by("figures").querySelector("details").open = opened;
  by("year-said").textContent = by("year").value;
  prepare();
  if (by("drawn") && !by("drawn").querySelector("figure svg")) drawAll(by("drawn"));
  chooseTotal();
  document.querySelector(".tiles-scroll").scrollLeft = left;
}

/** A field as it stands in another page, without losing the focus. */
function copy(page, id) {
  const [mine, theirs] = [by(id), page.getElementById(id)];
  if (!mine || !theirs) return;
  if (id === "show") [...mine.options].forEach((one, place) => (one.disabled = theirs.options[place].disabled));
  mine.value = theirs.value;
}

function chooseTotal() {
  const select = by("total");
  if (!select || select.dataset.heard) return;
  select.dataset.heard = "yes";
  select.form.querySelector("button").hidden = true;
  select.addEventListener("change", async () => {
    change({ total: select.value });
    await show();
    by("total").focus();
  });
}

/** Show a year: colours, names and the table. */
function go(year) {
  const at = year - course.years[0];
  const counts = new Map();
  for (const tile of document.querySelectorAll("#map a[data-code]")) {
    const value = course.values[tile.dataset.code][at];
    const shade = shadeOf(value);
    counts.set(shade, (counts.get(shade) ?? 0) + 1);
    tile.setAttribute("class", shade);
    const square = tile.querySelector("rect");
    if (shade === "none") square.setAttribute("fill", "url(#hatch)");
    else square.removeAttribute("fill");
    tile.setAttribute("aria-label", `${tile.getAttribute("aria-label").split(": ")[0]}: ${said(value)}`);
  }
  for (const row of document.querySelectorAll("#figures tr[data-code]")) {
    const value = course.values[row.dataset.code][at], cell = row.cells[2];
    cell.textContent = said(value);
    if (value === null) delete cell.dataset.value;
    else cell.dataset.value = value;
  }
  for (const line of document.querySelectorAll("#legend .shades li")) {
    const count = counts.get(line.querySelector("g").getAttribute("class")) ?? 0;
    line.querySelector(".unit").textContent = text(count === 1 ? "one" : "many", { count });
  }
  for (const id of ["year-said", "legend-year", "table-year"]) by(id).textContent = year;
}

const said = (value) => valued(value, course.decimals, course.unit);

/** The class of a value, as the server finds it: by the value as it is written. */
function shadeOf(value) {
  if (value === null) return "none";
  const written = Math.round(value * 10 ** course.decimals) / 10 ** course.decimals;
  return course.classes[course.limits.filter((limit) => limit <= written).length];
}

function play() {
  const field = by("year");
  if (field.value === field.max) field.value = field.min;
  by("play").textContent = text("pause");
  by("play").setAttribute("aria-pressed", "true");
  const step = () => {
    go(Number(field.value));
    if (field.value === field.max) return pause();
    playing = setTimeout(() => {
      field.value = Number(field.value) + 1;
      step();
    }, still.matches ? SLOW : PACE);
  };
  playing = setTimeout(step, 0);
}

function pause() {
  if (!playing) return;
  clearTimeout(playing);
  playing = null;
  by("play").textContent = text("play");
  by("play").setAttribute("aria-pressed", "false");
  change({ year: by("year").value }, { replace: true });
}

/** The button that lets the country live, and how far it is. */
function living() {
  const button = by("live");
  if (!button) return;
  let job = null, unfollow = null;
  const end = (words) => {
    unfollow?.();
    button.disabled = false;
    by("progress").hidden = by("stop").hidden = true;
    by("living-said").textContent = words;
  };
  const changed = (now) => {
    job = now;
    if (now.state === "done") {
      by("living-said").textContent = text("done");
      return location.reload();
    }
    if (over(now)) return end(now.error || text("cancelled"));
    if (now.total) Object.assign(by("progress"), { max: now.total, value: now.done });
    by("living-said").textContent = [now.stage_text, now.left_text].filter(Boolean).join(" ");
  };
  const watch = () => {
    button.disabled = true;
    by("progress").hidden = false;
    by("stop").hidden = !mine(job.id);
    changed(job);
    if (!over(job)) unfollow = followJob("country", job.id, changed, (error) => end(error.status === 404 ? text("gone") : error.message));
  };
  const begin = async () => {
    button.disabled = true;
    try {
      job = await start("country", {});
      watch();
    } catch (error) {
      end(error.message);
    }
  };
  const stop = async () => {
    try {
      const left = await leave("country", job.id);
      end(text(over(left) ? "cancelled" : "left"));
    } catch (error) {
      by("living-said").textContent = error.message;
    }
  };
  button.addEventListener("click", begin);
  by("stop").addEventListener("click", stop);
  if (button.dataset.job) {
    job = JSON.parse(button.dataset.job);
    watch();
  }
}
