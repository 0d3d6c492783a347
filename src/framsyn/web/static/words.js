// Numbers and texts in the reader's language, as the server writes them.

const lang = document.documentElement.lang;
const LOCALES = { sv: "sv-FI", fi: "fi-FI", en: "en-GB" };
export const NOT_KNOWN = "–";
const told = document.getElementById("texts");
const texts = told ? JSON.parse(told.textContent) : {};
const formats = new Map();

/** A text of the page by its name, with its named parts. */
export function text(name, parts = {}) {
  return (texts[name] ?? name).replace(/\{(\w+)\}/g, (whole, part) => parts[part] ?? whole);
}

function format(decimals) {
  if (!formats.has(decimals)) {
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals, useGrouping: "always" };
    formats.set(decimals, new Intl.NumberFormat(LOCALES[lang], digits));
  }
  return formats.get(decimals);
}

/** A number with thousands grouped; – where it is not known. */
export function number(value, decimals = 0) {
  if (value === null || value === undefined || !Number.isFinite(value)) return NOT_KNOWN;
  const rounded = halfToEven(value, decimals) || 0; // no "minus zero"
  return format(decimals).format(rounded).replace("-", "−");
}

/** As Python rounds: the server's tables and the page must never differ in the last digit. */
function halfToEven(value, decimals) {
  const exact = Number(value.toFixed(decimals));
  const scaled = value * 10 ** decimals;
  if (Math.abs(scaled % 1) !== 0.5) return exact;
  const below = Math.floor(scaled);
  return (below % 2 === 0 ? below : below + 1) / 10 ** decimals;
}

/** A value already in per cent, with the sign as the language sets it. */
export function percent(value, decimals = 1) {
  const told = number(value, decimals);
  return told === NOT_KNOWN ? told : told + (lang === "en" ? "%" : "\u00a0%");
}

/** Two ends, in words where one is below zero: −5 to 10, 5–10. */
export function interval(low, high, decimals = 0) {
  if (low === null || high === null || low === undefined || high === undefined) return NOT_KNOWN;
  const ends = { low: number(low, decimals), high: number(high, decimals) };
  return halfToEven(low, decimals) < 0 ? text("interval_words", ends) : `${ends.low}–${ends.high}`;
}

/** A number in its unit's way: per cent with its sign. */
export const valued = (value, decimals, unit) => (unit === "%" ? percent(value, decimals) : number(value, decimals));
