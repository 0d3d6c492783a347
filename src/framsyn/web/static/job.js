// Work that takes long: starts it, follows it, and ends it with the secret that the server gave to this tab.

import { Refused, ask, question, send } from "./api.js";

const OVER = ["done", "failed", "cancelled"];
const PAUSE = 3000; // milliseconds between two questions where events cannot be had
const HEADER = "Framsyn-Follower";

export const over = (job) => OVER.includes(job.state);

// The secret is gone with the tab; where nothing can be kept it lives as long as the page.
const secrets = new Map();
const key = (id) => `framsyn.job.${id}`;

function keep(id, token) {
  secrets.set(id, token);
  try {
    sessionStorage.setItem(key(id), token);
  } catch {
    // private windows may refuse
  }
}

function tokenOf(id) {
  try {
    return secrets.get(id) ?? sessionStorage.getItem(key(id));
  } catch {
    return secrets.get(id) ?? null;
  }
}

function forget(id) {
  secrets.delete(id);
  try {
    sessionStorage.removeItem(key(id));
  } catch {
    // nothing was kept
  }
}

/** Start work, or join who asked the same. */
export async function start(path, body) {
  const { token, ...job } = await send(path, body);
  if (token) keep(job.id, token);
  return job;
}

/** Whether this tab may end the work. */
export const mine = (id) => tokenOf(id) !== null;

/** End the work, or leave it to others who asked the same; the answer says which. */
export async function leave(path, id) {
  const job = await send(`${path}/${id}`, {}, "DELETE", { [HEADER]: tokenOf(id) ?? "" });
  forget(id);
  return job;
}

/** Call `changed` with the job at every change until it is over, and `lost` with why it cannot be followed; gives a function that stops. */
export function follow(path, id, changed, lost) {
  const events = new EventSource(question(`${path}/${id}/events`));
  let stopped = false, timer = null;
  const stop = () => {
    stopped = true;
    clearTimeout(timer);
    events.close();
  };
  const heard = (job) => {
    if (stopped) return;
    if (over(job)) {
      stop();
      forget(id);
    }
    changed(job);
  };
  const look = async () => {
    try {
      const answer = await ask(`${path}/${id}`);
      heard(answer.job ?? answer);
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      if (error.status !== 0 && error.status !== 429 && error.status !== 503) {
        stop();
        return lost(error);
      }
    }
    if (!stopped) timer = setTimeout(look, PAUSE);
  };
  events.addEventListener("job", ({ data }) => heard(JSON.parse(data)));
  events.addEventListener("error", () => {
    if (events.readyState === EventSource.CLOSED && !stopped) look();
  });
  return stop;
}
