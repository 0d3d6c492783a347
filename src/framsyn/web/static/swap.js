// Forms that choose what a part of the page shows: the address follows, and the part of the page that it means
// is fetched and set in place. Without script the same forms load the page anew.

import { change, state } from "./address.js";
import { drawAll } from "./chart.js";

const forms = [...document.querySelectorAll("form[data-swap]")];
const waiting = new Set();
let asking;

for (const form of forms) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    chosen(form);
  });
  form.addEventListener("change", (event) => {
    if (event.target.matches("[data-follow]")) change(values(form), { replace: true }); // what follows by itself
    else chosen(form);
  });
}
window.addEventListener("popstate", () => {
  for (const control of forms.flatMap(controls)) control.value = state().get(control.name) ?? control.dataset.usual;
  swap(forms.map((form) => form.dataset.swap));
});

function chosen(form) {
  change(values(form));
  swap([form.dataset.swap]);
}

const controls = (form) => [...form.elements].filter((one) => one.dataset.usual !== undefined);

/** What the form sets in the address; what is usual is left out. */
function values(form) {
  return Object.fromEntries(controls(form).map((one) => [one.name, one.value === one.dataset.usual ? null : one.value]));
}

/** Fetch the page of this address, and set the parts from it in place. */
async function swap(parts) {
  asking?.abort();
  asking = new AbortController();
  for (const id of parts) waiting.add(id); // also what was asked for before and has not come
  const here = [...waiting].map((id) => document.getElementById(id));
  for (const part of here) part.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(location.pathname + location.search, { signal: asking.signal });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const part of here) {
      const found = page.getElementById(part.id);
      part.replaceChildren(...found.childNodes);
      drawAll(part);
      part.dispatchEvent(new CustomEvent("swapped", { bubbles: true }));
      const status = document.querySelector(`[data-status="${part.id}"]`);
      if (status) status.textContent = found.dataset.said ?? "";
    }
  } catch (error) {
    if (error.name !== "AbortError") location.reload(); // the server tells what is wrong
    return;
  }
  waiting.clear();
  for (const part of here) part.removeAttribute("aria-busy");
}
