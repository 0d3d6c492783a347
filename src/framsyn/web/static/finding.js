// Suggestions while a municipality's name is written: a combobox whose list opens below; the form works without it.

import { ask, root } from "./api.js";
import { text } from "./words.js";

const MOST = 8;
const lang = document.documentElement.lang;

/** As the server folds a name: without case, accents and punctuation. */
export const fold = (name) =>
  name.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[øœæ]/g, (one) => ({ ø: "o", œ: "oe", æ: "ae" })[one])
    .replace(/[^\p{L}\p{N}]+/gu, " ").trim();

/** Give the input its suggestions; `status` is told how many there are. */
export function suggest(input, status) {
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0].firstChild.textContent.trim());
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false" }))
    input.setAttribute(name, value);
  let known = null, active = -1;

  const load = async () => (known ??= ask("municipalities").then((told) => told.municipalities.map(entry)));
  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  };
  const activate = (number) => {
    active = number;
    options().forEach((one, place) => one.setAttribute("aria-selected", String(place === active)));
    if (active < 0) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", options()[active].id);
    options()[active].scrollIntoView({ block: "nearest" });
  };
  const go = (option) => (location.href = option.dataset.where);

  const show = async () => {
    const wanted = fold(input.value);
    if (!wanted) {
      status.textContent = "";
      return close();
    }
    const every = await load().catch(() => (known = null) ?? []);
    if (fold(input.value) !== wanted) return;
    const near = ranked(every, wanted);
    const found = (near.length ? near : await meant(input.value)).slice(0, MOST);
    if (fold(input.value) !== wanted) return;
    list.replaceChildren(...found.map(option));
    active = -1;
    input.removeAttribute("aria-activedescendant");
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(found.length > 0));
    status.textContent = found.length ? text("suggested", { count: found.length }) : text("none");
  };

  input.addEventListener("focus", () => load().catch(() => (known = null)));
  input.addEventListener("input", show);
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    const count = options().length;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && count && !list.hidden) {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      activate(active < 0 && step < 0 ? count - 1 : (active + step + count) % count);
    } else if (event.key === "ArrowDown" && list.hidden) {
      show();
    } else if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      go(options()[active]);
    }
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // keeps the focus in the field
  list.addEventListener("click", (event) => {
    const chosen = event.target.closest("li");
    if (chosen) go(chosen);
  });
}

/** Those that the server finds where no name or code holds the text: `Närpes stad`, `KU545`, a region. */
async function meant(written) {
  const told = await ask("municipalities", { q: written }).catch(() => null);
  return told ? told.municipalities.map(entry) : [];
}

function entry({ code, name, region }) {
  const names = [...new Set(Object.values(name))];
  const own = name[lang];
  return { code, own, others: names.filter((one) => one !== own), region: region[lang], folded: [code, ...names].map(fold) };
}

/** Those that hold the text, those that begin with it first. */
function ranked(every, wanted) {
  const rank = ({ folded }) => Math.min(...folded.map((one) => (one === wanted ? 0 : one.startsWith(wanted) ? 1 : one.includes(wanted) ? 2 : 3)));
  return every
    .map((one) => [rank(one), one])
    .filter(([place]) => place < 3)
    .sort(([a, one], [b, other]) => a - b || one.own.localeCompare(other.own, lang))
    .map(([, one]) => one);
}

function option({ code, own, others, region }, number) {
  const made = document.createElement("li");
  made.id = `suggestion-${number}`;
  made.setAttribute("role", "option");
  made.setAttribute("aria-selected", "false");
  made.dataset.where = `${root}/${lang}/municipality/${code}`;
  const more = document.createElement("span");
  more.className = "unit";
  more.textContent = ` ${[...others, region].filter(Boolean).join(", ")}`;
  made.append(own, more);
  return made;
}
