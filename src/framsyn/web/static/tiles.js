// The map of equal tiles: what is pointed at is told in one line, and the arrow keys go from tile to tile.

const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

/** Make the map inside `place` follow the pointer and the keys. Call it anew when the map has been replaced. */
export function follow(place) {
  const tiles = [...place.querySelectorAll("svg.tiles a")];
  const line = place.querySelector(".pointed");
  const before = line.innerHTML;
  const at = new Map(tiles.map((tile) => [tile, whereOf(tile)]));
  const show = ({ target }) => tell(line, target.closest("a[data-code]"));
  // One stop for the Tab key: the tile that was last at.
  tiles.forEach((tile, number) => tile.setAttribute("tabindex", number === 0 ? "0" : "-1"));
  const map = place.querySelector("svg.tiles");
  map.addEventListener("pointerover", show);
  map.addEventListener("focusin", (event) => {
    for (const tile of tiles) tile.setAttribute("tabindex", tile === event.target ? "0" : "-1");
    show(event);
  });
  map.addEventListener("pointerleave", () => {
    if (!map.contains(document.activeElement)) line.innerHTML = before;
    else tell(line, document.activeElement);
  });
  map.addEventListener("keydown", (event) => {
    const way = WAYS[event.key];
    const now = event.target.closest("a[data-code]");
    if (!way || !now || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    nearest(at, now, way)?.focus();
  });
}

/** The middle of the map first, where the window is too narrow for all of it. */
export function centre(place) {
  const scrolled = place.querySelector(".tiles-scroll");
  scrolled.scrollLeft = (scrolled.scrollWidth - scrolled.clientWidth) / 2;
}

const whereOf = (tile) => {
  const square = tile.querySelector("rect");
  return [square.x.baseVal.value, square.y.baseVal.value];
};

function tell(line, tile) {
  if (!tile) return;
  const [name, ...rest] = tile.getAttribute("aria-label").split(": ");
  const parts = [["b", name], ["span", ` ${tile.dataset.region}: `], ["span", rest.join(": ")]];
  line.replaceChildren(...parts.map(([kind, text], number) => {
    const part = document.createElement(kind);
    part.textContent = text;
    if (number === 2) part.className = "value";
    return part;
  }));
}

/** The tile that lies nearest in a direction: straight on first, else with the least bend. */
function nearest(at, now, [right, down]) {
  const [x, y] = at.get(now);
  let best = null, least = Infinity;
  for (const [tile, [column, row]] of at) {
    const ahead = (column - x) * right + (row - y) * down;
    if (ahead <= 0) continue;
    const aside = Math.abs((column - x) * down) + Math.abs((row - y) * right);
    const cost = ahead + 3 * aside;
    if (cost < least) [best, least] = [tile, cost];
  }
  return best;
}
