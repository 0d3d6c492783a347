// The start page: suggestions while one writes, and the map coloured anew without leaving the page.

import { change, state } from "./address.js";
import { suggest } from "./finding.js";
import { sortable } from "./sorting.js";
import { centre, follow } from "./tiles.js";

const PARTS = ["legend", "map", "figures"];
const select = document.getElementById("colour");
const usual = select.querySelector("option").value;

suggest(document.getElementById("q"), document.getElementById("finding-said"));
select.form.querySelector("button").hidden = true;
prepare();
centre(document.getElementById("map"));

select.addEventListener("change", () => {
  change({ colour: select.value });
  show();
});
window.addEventListener("popstate", () => {
  select.value = state().get("colour") ?? usual;
  show();
});

function prepare() {
  follow(document.getElementById("map"));
  sortable(document.getElementById("figures"));
}

let asked = 0;
/** The parts of the page that follow the colour, as the server makes them for this address. */
async function show() {
  const mine = ++asked;
  const map = document.getElementById("map");
  const left = map.querySelector(".tiles-scroll").scrollLeft;
  map.setAttribute("aria-busy", "true");
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } }).catch(() => null);
  if (mine !== asked) return;
  if (!answer?.ok) return map.removeAttribute("aria-busy");
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const opened = document.querySelector("#figures details").open;
  for (const part of PARTS) document.getElementById(part).replaceWith(page.getElementById(part));
  document.querySelector("#figures details").open = opened;
  prepare();
  document.querySelector("#map .tiles-scroll").scrollLeft = left;
}
