// Ages through the years: the pyramid follows the slider.

import { draw } from "./chart.js";
import { number, text } from "./words.js";

const OLD = 65, ADULT = 15, GROUP = 10;
const slider = document.querySelector("[data-follow]");
let update, every;

async function begin() {
  const figure = document.querySelector("[data-pyramid]");
  const filling = JSON.parse(figure.querySelector("[data-filling]").textContent);
  every = JSON.parse(figure.querySelector("[data-every]").textContent);
  update = await draw(figure.querySelector(".drawing"), "pyramid", filling);
  show(); // the slider may have been moved meanwhile
}

/** Show the year at which the slider stands: drawing, texts and table. */
function show() {
  const year = Number(slider.value);
  const [male, female] = every.ages[every.years.indexOf(year)];
  update({ data: { then: male.map((count, age) => ({ age, male: -count, female: female[age] })) } });
  for (const place of document.querySelectorAll("#ages-part [data-year], output[data-year]")) place.textContent = year;
  const told = `${spoken(every.years[0])} ${spoken(year)}`;
  document.querySelector("[data-pyramid-text]").textContent = told;
  document.querySelector("[data-pyramid] .drawing").setAttribute("aria-label", told);
  slider.setAttribute("aria-valuetext", spoken(year));
  const cells = document.querySelectorAll("#ages-part [data-then]");
  cells.forEach((cell, at) => (cell.textContent = number(sum([male, female][at % 2], GROUP * (at >> 1), GROUP * ((at >> 1) + 1)))));
}

const sum = (counts, first, end) => counts.slice(first, end).reduce((all, one) => all + one, 0);

function spoken(year) {
  const sides = every.ages[every.years.indexOf(year)];
  const both = (first, end) => number(sum(sides[0], first, end) + sum(sides[1], first, end));
  return text("ages", { year, young: both(0, ADULT), adult: both(ADULT, OLD), old: both(OLD) });
}

slider.addEventListener("input", () => update && show());
document.addEventListener("swapped", (event) => event.target.id === "ages-part" && begin());
begin();
