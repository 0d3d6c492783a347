// The state of a view stands in its address, so that it can be linked, reloaded and gone back to.

export const MADE = "made";

/** With what this server makes its views. */
export const made = document.querySelector('meta[name="framsyn-made"]').content;

/** The parameters of the view. */
export const state = () => new URLSearchParams(location.search);

/**
 * Change parameters of the address: a value, a list, or null to take one away.
 * `replace` changes the entry of the history that is shown, instead of adding one.
 */
export function change(changes, { replace = false } = {}) {
  const now = state();
  for (const [name, value] of Object.entries(changes)) {
    now.delete(name);
    for (const one of [value].flat()) if (one !== null && one !== "") now.append(name, one);
  }
  now.set(MADE, made);
  const where = `${location.pathname}?${written(now)}${location.hash}`;
  if (replace) history.replaceState(null, "", where);
  else history.pushState(null, "", where);
  for (const link of document.querySelectorAll("a[data-language]")) {
    link.search = location.search; // the switch of language keeps the view
  }
}

/** Parameters as text, with the signs of strategies and conditions left readable. */
export function written(parameters) {
  return [...parameters]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value).replace(/%2C/g, ",").replace(/%3A/g, ":").replace(/%40/g, "@")}`)
    .join("&");
}

// A view that was opened without a version is linked with the one that it was made with.
if (!state().has(MADE)) change({}, { replace: true });
