// Feature maps as small pictures on a canvas; a unit is chosen by pointer, touch or keys.
import { within } from "./kit.mjs";

const MOVES = {
  ArrowUp: [-1, 0, 0],
  ArrowDown: [1, 0, 0],
  ArrowLeft: [0, -1, 0],
  ArrowRight: [0, 1, 0],
  Home: [0, -999, 0],
  End: [0, 999, 0],
  PageUp: [0, 0, -1],
  PageDown: [0, 0, 1],
};

/** Which way a key leads, as [rows, columns, channels]; undefined for other keys. */
export const moved = (key) => MOVES[key];

/** Maps beside each other, in as few lines as a width allows; `below` is the height of a label. */
export function laid(cell, [rows, columns, channels], width, below = 0) {
  const [wide, high] = [columns * cell + 2, rows * cell + 2 + below];
  const lines = Math.ceil(channels / Math.max(Math.floor(width / wide), 1));
  return { cell, rows, columns, channels, wide, high, across: Math.ceil(channels / lines) };
}

/** Where a cell is on the canvas: [y, x]. */
export const corner = ({ cell, wide, high, across }, channel, row, column) =>
  [Math.floor(channel / across) * high + row * cell + 1, (channel % across) * wide + column * cell + 1];

export const largest = (values) => values.reduce((high, value) => Math.max(high, Math.abs(value)), 1e-9);

/** Draw maps. Light is far from 0; a value below 0 is blue and narrower. `most` has the lightest value of each map. */
export function paint(canvas, values, layout, most = Array(layout.channels).fill(largest(values))) {
  const { cell, wide, high, across, columns, channels } = layout;
  const width = (canvas.width = across * wide);
  canvas.height = Math.ceil(channels / across) * high;
  const context = canvas.getContext("2d");
  const picture = context.createImageData(width, canvas.height);
  const pixels = new Uint32Array(picture.data.buffer);
  values.forEach((value, at) => {
    const place = Math.floor(at / channels);
    const [y, x] = corner(layout, at % channels, Math.floor(place / columns), place % columns);
    const grey = ((240 * Math.abs(value)) / most[at % channels]) | 0;
    const inside = value < 0 ? 1 + (cell >> 3) : 0;
    const from = y * width + x;
    pixels.fill(255 << 24, from, from + cell);
    pixels.fill((255 << 24) + grey * (inside ? 0x10000 : 0x10101), from + inside, from + cell - inside);
  });
  // So far, each cell has its first line.
  for (let y = 0; y < canvas.height; y++) if (((y % high) - 1) % cell > 0) pixels.copyWithin(y * width, (y - 1) * width, y * width);
  context.putImageData(picture, 0, 0);
  return context;
}

/** A line around cells [top, bottom, left, right]; `to` says where a place is on the canvas. */
export function outline(context, [top, bottom, left, right], to, thin) {
  context.lineWidth = thin ? 1.5 : 3;
  context.strokeStyle = "#d86000";
  context.beginPath();
  for (const [i, j] of [[top, left], [top, right + 1], [bottom + 1, right + 1], [bottom + 1, left]]) {
    context.lineTo(...to([i - 0.5, j - 0.5]).reverse());
  }
  context.closePath();
  context.stroke();
}

/**
 * A canvas with the maps of a layer. `choose` is called with [row, column, channel];
 * `current` returns the chosen unit, or undefined if it is in another layer. Pointers
 * choose when they are down, and also above it if `hovers` is true.
 */
export function chooser(v, { name, layout, current, choose, hovers }) {
  const { cell, wide, high, across, rows, columns, channels } = layout;
  const to = (place) => choose(place.map((part, axis) => within(Math.floor(part), 0, [rows, columns, channels][axis] - 1)));
  const under = (event) => {
    const [y, x] = [event.offsetY, event.offsetX].map((part) => (part * canvas.width) / canvas.clientWidth);
    to([(y % high) / cell, (x % wide) / cell, Math.floor(y / high) * across + Math.floor(x / wide)]);
  };
  const canvas = v.make("canvas", {
    class: "maps",
    role: "application",
    tabindex: 0,
    "aria-label": `${name}: arrow keys move the unit, Page Up and Page Down change the map`,
    onpointerdown: under,
    onpointermove: (event) => (hovers || event.buttons) && under(event),
    onkeydown: (event) => {
      const move = moved(event.key);
      if (!move) return;
      event.preventDefault();
      // Keys may come faster than frames: from the state, not from what is drawn.
      const place = current();
      to(place ? place.map((part, axis) => part + move[axis]) : [0, 0, 0]);
    },
  });
  return canvas;
}
