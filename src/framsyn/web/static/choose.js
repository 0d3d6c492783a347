// Choose: writes the question into the address, begins its search, follows it, and shows what was found.

import { change } from "./address.js";
import { Refused, send } from "./api.js";
import { drawAll } from "./chart.js";
import { showResult } from "./choose_result.js";
import { follow, leave, mine, over, start } from "./job.js";
import { saved } from "./strategy.js";
import { text } from "./words.js";

const at = (id) => document.getElementById(id);
let unfollow = null; // stops following the search

function begin() {
  const page = at("choose");
  if (at("choose-data")) showResult();
  showKeeps();
  showWeights();
  showSaved();
  at("ask").addEventListener("submit", run);
  at("ask").addEventListener("change", changed);
  at("ask").addEventListener("click", clicked);
  at("cancel").addEventListener("click", cancel);
  at("file").addEventListener("change", takeFile);
  if (page.dataset.failed) tell(page.dataset.failed);
  else if (page.dataset.job) watch(page.dataset.job);
}

// ---------------------------------------------------------------- the question

/** The question as the form has it, without what is as usual. */
function asked() {
  const form = at("ask");
  const boxes = [...form.querySelectorAll('input[name="objective"]')];
  const objective = boxes.filter((box) => box.checked).map((box) => box.value);
  const usual = boxes.filter((box) => box.dataset.usual).map((box) => box.value);
  const told = {
    objective: String(objective) === String(usual) ? [] : objective,
    keep: [...at("keeps").children].map(keepOf),
    weight: weightsOf(boxes),
    strategy: [...at("own").children].map((one) => one.dataset.line),
  };
  for (const input of form.querySelectorAll('input[type="number"][name]')) {
    told[input.name] = input.value === "" || input.value === input.dataset.usual ? [] : Number(input.value);
  }
  const budget = Number(form.querySelector('input[name="budget"]:checked').value);
  told.budget = budget === 8000 ? [] : budget;
  return { told, count: objective.length };
}

function keepOf(row) {
  const part = (name) => row.querySelector(`[data-field="${name}"]`).value;
  const when = part("year") ? ` in ${part("year")}` : "";
  return part("limit") === "" ? null : `${part("indicator")} ${part("sign")} ${part("limit")}${when} in ${part("share") || 80} %`;
}

function weightsOf(boxes) {
  const inputs = [...at("weight-list").querySelectorAll("input")];
  if (!inputs.some((one) => one.value !== "")) return [];
  return boxes.filter((box) => box.checked).map((box) => {
    const input = inputs.find((one) => one.dataset.of === box.value);
    return `${idOf(box.value)}=${input?.value || 0}`;
  });
}

const idOf = (written) => written.split(":")[0];

function showWeights() {
  const list = at("weight-list");
  const before = new Map([...list.querySelectorAll("input")].map((one) => [one.dataset.of, one.value]));
  const boxes = [...at("ask").querySelectorAll('input[name="objective"]:checked')];
  list.replaceChildren(
    ...boxes.map((box) => {
      const label = document.createElement("label");
      const input = document.createElement("input");
      Object.assign(input, { type: "number", min: 0, max: 100, step: "any", value: before.get(box.value) ?? box.dataset.weight });
      input.dataset.of = box.value;
      label.append(Object.assign(document.createElement("span"), { textContent: box.dataset.label }), input);
      const item = document.createElement("li");
      item.append(label);
      return item;
    }),
  );
}

function showKeeps() {
  for (const row of at("keeps").children) showUnit(row);
}

/** The unit of a row's figure, and where it stands now. */
function showUnit(row) {
  const option = row.querySelector('[data-field="indicator"]').selectedOptions[0];
  const now = option.dataset.now ? `; ${text("now", { value: option.dataset.now })}` : "";
  row.querySelector("[data-unit]:not(option)").textContent = `(${option.dataset.unit}${now})`;
}

function showSaved() {
  const known = Object.entries(saved());
  at("saved-part").hidden = known.length === 0;
  at("saved").replaceChildren(...known.map(([name, line]) => new Option(name, line)));
}

function changed(event) {
  if (event.target.name === "objective") showWeights();
  if (event.target.dataset.field === "indicator") showUnit(event.target.closest("li"));
}

function clicked(event) {
  const button = event.target.closest("button");
  if (button?.hasAttribute("data-remove")) {
    const list = button.closest("ul");
    button.closest("li").remove();
    (list.id === "keeps" ? at("add-keep") : at("file")).focus();
  } else if (button?.id === "add-keep") {
    const row = at("keep-template").content.firstElementChild.cloneNode(true);
    row.querySelector('[data-field="indicator"]').value = "loans_per_resident";
    at("keeps").append(row);
    showUnit(row);
    row.querySelector("select").focus();
  } else if (button?.id === "add-saved") {
    add(at("saved").selectedOptions[0].text, at("saved").value);
  }
}

function add(name, line) {
  const item = document.createElement("li");
  item.dataset.line = line;
  const button = Object.assign(document.createElement("button"), { type: "button", className: "quiet small", textContent: text("remove") });
  button.setAttribute("data-remove", "");
  item.append(Object.assign(document.createElement("b"), { textContent: name }), " ", button);
  at("own").append(item);
}

async function takeFile() {
  const [file] = at("file").files;
  if (!file) return;
  try {
    const read = await send("strategies", { toml: await file.text() });
    for (const one of read.strategies) add(one.id, one.strategy);
    tell(read.strategies.map((one) => one.note && `${one.id}: ${one.note}`).filter(Boolean).join(" "), false);
  } catch (error) {
    refused(error);
  }
  at("file").value = "";
}

// ---------------------------------------------------------------- the search

async function run(event) {
  event.preventDefault();
  const { told, count } = asked();
  if (count < 2) return tell(text("too_few"));
  if (told.keep.includes(null)) return tell(text("no_limit"));
  tell("");
  const body = Object.fromEntries(Object.entries(told).filter(([, value]) => !Array.isArray(value) || value.length));
  at("run").disabled = true;
  try {
    const job = await start(`municipalities/${at("choose").dataset.code}/choices`, body);
    change({ ...told, show: [], sort: [], only: [] });
    if (job.state === "done") await finished();
    else watch(job.id);
  } catch (error) {
    refused(error);
  }
  if (at("run")) at("run").disabled = false;
}

function watch(id) {
  unfollow?.();
  at("progress").hidden = false;
  at("question").hidden = true;
  const result = at("result");
  if (result) for (const part of at("choose").querySelectorAll("section:not(#progress)")) part.hidden = true;
  at("cancel").dataset.job = id;
  at("cancel").hidden = !mine(id);
  at("not-mine").hidden = mine(id);
  unfollow = follow("choices", id, heard, (error) => ended(error.status === 404 ? text("gone") : error.message));
  at("progress").scrollIntoView({ block: "nearest" });
}

function heard(job) {
  if (job.state === "done") return finished().catch(refused);
  if (over(job)) return ended(job.error || text("cancelled"));
  if (job.total) Object.assign(at("bar"), { max: job.total, value: job.done });
  else at("bar").removeAttribute("value");
  at("count").textContent = job.stage_text;
  at("left").textContent = job.left_text;
  // Read out when the stage changes, not at every count.
  if (at("stage").dataset.stage !== job.stage) Object.assign(at("stage"), { textContent: job.stage_text }).dataset.stage = job.stage;
}

async function cancel() {
  try {
    const job = await leave("choices", at("cancel").dataset.job);
    ended(text(over(job) ? "cancelled" : "left"));
  } catch (error) {
    refused(error);
  }
}

/** The search is over without a result: back to the question. */
function ended(why) {
  unfollow?.();
  at("progress").hidden = true;
  at("question").hidden = false;
  for (const part of at("choose").querySelectorAll("section:not(#progress)")) part.hidden = false;
  tell(why);
}

/** Bring in the page of the same address, which now tells what was found. */
async function finished() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) throw new Refused(text("unreachable"), answer.status);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  at("choose").replaceWith(page.getElementById("choose"));
  begin();
  drawAll(at("choose"));
  at("found")?.focus();
}

function refused(error) {
  if (!(error instanceof Refused)) throw error;
  tell(error.status === 0 ? text("unreachable") : error.message);
}

function tell(what, wrong = true) {
  at("said").textContent = what;
  at("said").classList.toggle("error", wrong && what !== "");
  if (what) at("said").scrollIntoView({ block: "nearest" });
}

window.addEventListener("popstate", () => location.reload());
begin();
