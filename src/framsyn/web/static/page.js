// What every page does: keeps its version in the address, draws its charts, and fetches parts that take time to make.

import "./address.js";
import { drawAll } from "./chart.js";

drawAll();

// A part that takes seconds to make is a page of its own, which reads without script too; here it is brought in.
for (const part of document.querySelectorAll("[data-part]")) {
  fetch(part.dataset.part, { headers: { Accept: "text/html" } })
    .then(async (answer) => {
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.querySelector("[data-content]") ?? page.querySelector("main");
      part.replaceChildren(...found.childNodes);
      part.removeAttribute("aria-busy");
      drawAll(part);
    })
    .catch(() => part.removeAttribute("aria-busy"));
}
