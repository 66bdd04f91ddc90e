// Pictures of numbers with a cell that is pointed at, and grids whose numbers are painted.
import { grid, show, target, within } from "./kit.mjs";

/** Decode an image that Python has encoded: bytes from 0 to 255. */
export const bytes = ({ bytes: text }) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

/** A colour as a canvas holds it. */
export const rgb = (red, green, blue) => ((255 << 24) | (blue << 16) | (green << 8) | red) >>> 0;

/** The colour of a share: −1 is dark violet, 0 is grey, 1 is light orange, also without colours. */
export function diverging(share) {
  const t = within(share, -1, 1);
  const mix = (high, low) => 128 + t * (t > 0 ? high - 128 : 128 - low);
  return rgb(mix(255, 40), mix(205, 10), mix(100, 90));
}

/** The colours of numbers; `colour` gets a number and its place. */
export function coloured(values, colour) {
  const colours = new Uint32Array(values.length);
  for (let n = 0; n < values.length; n++) colours[n] = colour(values[n], n);
  return colours;
}

/** The feature map of an image {rows, columns, pixels}: {rows, columns, values}. */
export function response({ rows: high, columns: wide, pixels }, { side, weights, divide }) {
  const [rows, columns] = [high - side + 1, wide - side + 1];
  const values = new Float64Array(rows * columns);
  const places = Int32Array.from(weights, (_, n) => Math.floor(n / side) * wide + (n % side));
  for (let n = 0; n < values.length; n++) {
    const from = Math.floor(n / columns) * wide + (n % columns);
    let sum = 0;
    for (let k = 0; k < places.length; k++) sum += weights[k] * pixels[from + places[k]];
    values[n] = sum / divide;
  }
  return { rows, columns, values };
}

/**
 * A picture with a pixel for each number. A pointer, touch, and arrow keys (eight cells
 * with Shift) choose where a window of `side` cells begins; without
 * `choose`, nothing can be chosen. `update` draws colours, and the window.
 */
export function picture(v, { label, choose }) {
  let [size, at, reach, drawn] = [[1, 1], [0, 0], 0];
  const point = (event) => {
    const { left, top, width, height } = canvas.getBoundingClientRect();
    const place = [((event.clientY - top) / height) * size[0], ((event.clientX - left) / width) * size[1]];
    // The pointer is in the middle of the window.
    choose(...place.map((part, axis) => within(Math.floor(part) - reach / 2, 0, size[axis] - 1 - reach)));
  };
  const canvas = v.make("canvas", !choose ? { role: "img", "aria-label": label } : {
    role: "application",
    tabindex: 0,
    "aria-label": `${label}: arrow keys move, with Shift by 8`,
    onpointerdown: (event) => {
      canvas.setPointerCapture(event.pointerId);
      point(event);
    },
    onpointermove: (event) => event.buttons && point(event),
    onkeydown: (event) => {
      let to = at;
      for (let n = event.shiftKey ? 8 : 1; n && to; n--) to = target(event.key, to, size.map((length) => length - reach));
      if (!to) return;
      event.preventDefault();
      at = to;
      choose(...at);
    },
  });
  const lens = v.make("span", { class: "lens" });
  const node = v.make("div", { class: "frame" }, canvas, lens);
  return {
    node,
    update: (rows, columns, colours, place, side = 1) => {
      [size, at, reach] = [[rows, columns], place, side - 1];
      const share = (value, whole) => `${(100 * value) / whole}%`;
      Object.assign(lens.style, { top: share(at[0], rows), left: share(at[1], columns), height: share(side, rows), width: share(side, columns) });
      if (colours === drawn) return;
      drawn = colours;
      node.style.setProperty("--cl-narrow", Math.min(columns / rows, 1));
      Object.assign(canvas, { width: columns, height: rows });
      canvas.getContext("2d").putImageData(new ImageData(new Uint8ClampedArray(colours.buffer), columns), 0, 0);
    },
  };
}

/**
 * A grid of whole numbers to paint: a pointer that is down and Enter write `brush()`,
 * digits themselves, + and − one more and one less. `write(row, column, number)` is
 * called with numbers from −99 to 99.
 */
export function painted(v, { label, value, brush, write }) {
  let down = false;
  const said = v.make("p", { role: "status", class: "said" });
  const put = (row, column, number) => {
    write(row, column, within(number, -99, 99));
    said.textContent = `row ${row}, column ${column}: ${show(value(row, column))}`;
  };
  const cells = grid(v, {
    label,
    choose: (row, column) => down && put(row, column, brush()),
    enter: (row, column) => put(row, column, brush()),
    describe: (row, column) => {
      const number = value(row, column);
      return { text: show(number), kinds: number > 0 ? "positive" : number < 0 ? "negative" : "" };
    },
  });
  const place = ({ dataset }) => [Number(dataset.row), Number(dataset.column)];
  const listen = (name, listener) => cells.node.addEventListener(name, listener, { signal: v.signal, capture: true });
  listen("pointerdown", (event) => {
    down = true;
    const cell = event.target.closest("[role=gridcell]");
    if (cell) put(...place(cell), brush());
  });
  for (const name of ["pointerup", "pointercancel", "keydown"]) listen(name, () => (down = false));
  listen("keydown", ({ key, ctrlKey, metaKey }) => {
    const at = place(cells.node.querySelector("[tabindex='0']"));
    const step = { "+": 1, "-": -1, "−": -1 }[key];
    if (ctrlKey || metaKey) return;
    if (step) put(...at, value(...at) + step);
    else if (/^\d$/.test(key)) put(...at, Number(key));
  });
  return { node: v.make("div", { class: "painted" }, cells.node, said), update: cells.update };
}
