// A strategy in one line: focused*digital.40*from.2030*housing.20. The server's strategy_text reads the same.

/** The base, and phase by phase from which year (0 = the start) which levers are set. */
export function read(line) {
  const [base, ...parts] = line.split("*");
  const phases = [{ from: 0, set: new Map() }];
  for (const part of parts) {
    const dot = part.indexOf(".");
    const [name, value] = [part.slice(0, dot), part.slice(dot + 1)];
    if (name === "from") phases.push({ from: Number(value), set: new Map() });
    else phases.at(-1).set.set(name, value);
  }
  return { base, phases };
}

export function write({ base, phases }) {
  const told = phases.flatMap(({ from, set }) => {
    const levers = [...set].map(([name, value]) => `${name}.${value}`);
    return from && levers.length ? [`from.${from}`, ...levers] : levers;
  });
  return [base, ...told].join("*");
}

/** What a lever is set to in a phase: there, in a phase before, or null where the base decides. */
export function settingOf({ phases }, lever, phase) {
  for (let at = phase; at >= 0; at--) {
    if (phases[at].set.has(lever)) return phases[at].set.get(lever);
  }
  return null;
}

/** Set a lever in a phase; where it is as before, nothing is said of it. */
export function set(strategy, lever, phase, value, before) {
  strategy.phases[phase].set.delete(lever);
  const inherited = settingOf(strategy, lever, phase) ?? before;
  if (String(inherited) !== String(value)) strategy.phases[phase].set.set(lever, String(value));
}

const KEPT = "framsyn-strategies";

/** Strategies saved on this device, by name. */
export function saved() {
  try {
    return JSON.parse(localStorage.getItem(KEPT)) ?? {};
  } catch {
    return {};
  }
}

export function save(name, line) {
  localStorage.setItem(KEPT, JSON.stringify({ ...saved(), [name]: line }));
}

export function remove(name) {
  const { [name]: gone, ...rest } = saved();
  localStorage.setItem(KEPT, JSON.stringify(rest));
}
