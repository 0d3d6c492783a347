// Asks the interface; the browser keeps answers by their tags. What goes wrong is thrown as a text for the reader.

/** The path under which the server is reached, blank at the root: this file lies two folders below it. */
export const root = new URL("../..", import.meta.url).pathname.replace(/\/$/, "");
const API = `${root}/api/v1/`;
const TRIES = 4;

export class Refused extends Error {
  constructor(text, status) {
    super(text);
    this.status = status;
  }
}

const lang = document.documentElement.lang;

/** The address of a question; parameters are an object, lists repeat. */
export function question(path, parameters = {}) {
  const told = new URLSearchParams({ lang });
  for (const [name, value] of Object.entries(parameters)) {
    for (const one of [value].flat()) if (one !== null && one !== undefined && one !== "") told.append(name, one);
  }
  return `${API}${path.split("/").map(encodeURIComponent).join("/")}?${told}`;
}

/** The answer to a question. `signal` gives it up; a server that is busy is asked again. */
export async function ask(path, parameters = {}, { signal } = {}) {
  return await asked(question(path, parameters), { signal });
}

/** Send something that starts or ends work. */
export async function send(path, body, method = "POST", headers = {}) {
  return await asked(question(path), {
    method,
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body ?? {}),
  });
}

async function asked(where, options) {
  for (let number = 1; ; number++) {
    let answer;
    try {
      answer = await fetch(where, options);
    } catch (error) {
      if (error.name === "AbortError") throw error;
      throw new Refused(document.body.dataset.unreachable ?? String(error), 0);
    }
    if (answer.ok) return answer.status === 204 ? null : await answer.json();
    const busy = answer.status === 503 || answer.status === 429;
    if (busy && number < TRIES && (options.method ?? "GET") === "GET") {
      await pause(1000 * Number(answer.headers.get("Retry-After") ?? 1));
      continue;
    }
    const told = await answer.json().catch(() => ({}));
    throw new Refused(told.error ?? `HTTP ${answer.status}`, answer.status);
  }
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));
