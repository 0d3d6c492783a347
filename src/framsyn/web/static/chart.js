// Charts: declared once with the report's, drawn here by Vega with its interpreter, so that nothing is evaluated.

const lang = document.documentElement.lang;
const specifications = new Map();
let vega, locale;

const file = async (name) => await (await fetch(new URL(`./${name}`, import.meta.url))).json();

function specificationOf(name) {
  if (!specifications.has(name)) specifications.set(name, file(`charts/${name}.json`));
  return specifications.get(name);
}

/**
 * Draw a chart into an element. A filling is what the server sets in the same chart for a report:
 * data by name, domains and ranges of scales by name, marked years, and room above in pixels.
 * Returns a function that fills it anew.
 */
export async function draw(place, name, filling) {
  vega ??= import("./vega.js");
  locale ??= file(`locales/${lang}.json`);
  const [{ embed }, declared, formatLocale] = await Promise.all([vega, specificationOf(name), locale]);
  const own = filled(structuredClone(declared), filling);
  // Vega gives its element a role of its own: the place keeps its as one image with one text.
  const inside = document.createElement("div");
  inside.setAttribute("aria-hidden", "true");
  place.replaceChildren(inside);
  const { view } = await embed(inside, own, {
    mode: "vega",
    ast: true,
    actions: false,
    defaultStyle: false,
    tooltip: false,
    renderer: "svg",
    formatLocale,
  });
  return (changed) => {
    for (const [source, rows] of Object.entries(changed.data ?? {})) view.data(source, rows);
    for (const [scale, domain] of Object.entries(changed.domains ?? {})) view.signal(`domain_${scale}`, domain);
    if (changed.years) view.signal("years", changed.years);
    return view.runAsync();
  };
}

/** The chart with a filling set; what may change later stands in signals. */
function filled(chart, { data = {}, domains = {}, ranges = {}, years = null, room = 0 }) {
  chart.signals ??= [];
  for (const source of chart.data) if (source.name in data) source.values = data[source.name];
  for (const scale of chart.scales ?? []) {
    if (scale.name in domains) {
      chart.signals.push({ name: `domain_${scale.name}`, value: domains[scale.name] });
      scale.domain = { signal: `domain_${scale.name}` };
    }
    if (scale.name in ranges) scale.range = ranges[scale.name];
  }
  if (years) {
    chart.signals.push({ name: "years", value: years });
    for (const axis of chart.axes ?? []) if (axis.scale === "x" && "values" in axis) axis.values = { signal: "years" };
  }
  chart.padding.top += room;
  return chart;
}

/** Draw every chart of a part of the page when it comes near the window. */
export function drawAll(part = document) {
  const near = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        near.unobserve(target);
        const filling = JSON.parse(target.querySelector('script[type="application/json"]').textContent);
        draw(target.querySelector(".drawing"), target.dataset.chart, filling);
      }
    },
    { rootMargin: "400px" },
  );
  for (const figure of part.querySelectorAll("figure[data-chart]")) near.observe(figure);
}
